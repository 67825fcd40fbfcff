/** Bytes of the wire format as a stranger makes them: with the registry's ids, and with none of our code. */
import { schemas } from '@sync/core';
import type { Topic } from '@sync/core';
import avro from 'avsc';
import { stackVariable } from './stack.ts';

/** The id that the registry gave to the schema of a topic. */
export async function schemaIdOf(topic: Topic): Promise<number> {
  const url = `${stackVariable('SYNC_REGISTRY_URL')}/subjects/${topic.name}-value/versions/latest`;
  const { id } = (await (await fetch(url)).json()) as { id: number };
  return id;
}

/** A body behind the id of its schema. */
export function framed(schemaId: number, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(schemaId, 1);
  return Buffer.concat([head, body]);
}

/** A value by the schema of the topic; numbers of 64 bits only as far as a double holds them. */
export function bodyOf(topic: Topic, value: object): Buffer {
  if (topic.schema === 'raw') return Buffer.from(JSON.stringify(value));
  return avro.Type.forSchema(JSON.parse(schemas[topic.schema].text) as avro.Schema).toBuffer(value);
}
