/** One codec for every process of a thread, warm from the start: no run is the first to decode anything. */
import { allTopics, schemas } from '@sync/core';
import { Codec } from '../../packages/runtime/src/avro/codec.ts';
import { frame } from '../../packages/runtime/src/avro/wire-format.ts';
import { memorySchemas } from '../../packages/runtime/src/memory/memory-schemas.ts';

export const SCHEMAS = memorySchemas();

let warm: Promise<Codec> | null = null;

export function warmCodec(): Promise<Codec> {
  warm ??= warmUp();
  return warm;
}

async function warmUp(): Promise<Codec> {
  const codec = new Codec(SCHEMAS);
  const topics = allTopics();
  await codec.pin(topics);
  const ids = new Map(Object.values(schemas).map((one, index) => [one.text, index + 1]));
  for (const topic of topics) {
    if (topic.schema === 'raw') continue;
    const id = ids.get(schemas[topic.schema].text) ?? 0;
    await ignore(() => codec.decode(topic, frame(id, Buffer.alloc(0))));
  }
  return codec;
}

/** The empty body is unreadable; the decoder is made all the same. */
async function ignore(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    return;
  }
}
