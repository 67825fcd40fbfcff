/** Records that a service can never process, of every kind. */
import { randomBytes } from 'node:crypto';
import { MAPPED_OBJECTS, topics } from '@sync/core';
import type { Topic } from '@sync/core';
import { bodyOf, framed, schemaIdOf } from './avro-bytes.ts';
import type { Sample } from './sample-values.ts';

export interface Poison {
  readonly kind: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Code of its dead letter; null when it is none: dropped, or answered. */
  readonly code: string | null;
}

const UNKNOWN_ID = 2_000_000_000;
const NO_TEXT = Buffer.from([0xff, 0xfe, 0x00]);
const UNREADABLE = 'RECORD_UNREADABLE';
/** Debezium keys raw records, a notification may be about a list that nobody syncs, and the configuration is read as a table. */
const KEYED_FREELY: readonly string[] = ['raw', 'sharepoint-notification', 'workspace-config'];

/** The harmless value of a sample, as it lies in its topic. */
export async function bytesOf(topic: Topic, value: object): Promise<Buffer> {
  const body = bodyOf(topic, value);
  return topic.schema === 'raw' ? body : framed(await schemaIdOf(topic), body);
}

/** All kinds of poison for one service on one topic. */
export async function poisonFor(service: string, topic: Topic, sample: Sample): Promise<Poison[]> {
  const key = Buffer.from(sample.key);
  const good = await bytesOf(topic, sample.harmless);
  const foreign = framed(await schemaIdOf(topics.cursors), randomBytes(40));
  const unknownId = topic.schema === 'raw' ? UNREADABLE : 'SCHEMA_UNKNOWN';
  const misplaced = KEYED_FREELY.includes(topic.schema) ? null : UNREADABLE;
  return [
    { kind: 'not Avro', key, value: Buffer.concat([NO_TEXT, randomBytes(64)]), code: UNREADABLE },
    { kind: 'unknown schema id', key, value: framed(UNKNOWN_ID, randomBytes(40)), code: unknownId },
    { kind: 'schema of another topic', key, value: foreign, code: UNREADABLE },
    { kind: 'key that is no text', key: NO_TEXT, value: good, code: misplaced },
    // A broker takes no record without a key for a topic that it compacts.
    ...(topic.cleanup === 'compact' ? [] : [{ kind: 'no key', key: null, value: good, code: misplaced }]),
    { kind: 'no value', key, value: null, code: null },
    ...(await impossible(service, topic, sample)),
  ];
}

async function impossible(service: string, topic: Topic, sample: Sample): Promise<Poison[]> {
  if (sample.impossible === null) return [];
  const value = await bytesOf(topic, sample.impossible);
  const judged = topic.schema === 'resolution' ? 'RESOLUTION_INVALID' : UNREADABLE;
  // Nobody looks into the changes of objects that are not synced, nor the keeper of the mappings at what is wrong here.
  const object = topic.name.split('.').at(-1) ?? '';
  const unread = topic.schema === 'twenty-change' && !MAPPED_OBJECTS.includes(object);
  const code = unread || service === 'mapping-keeper' ? null : judged;
  return [{ kind: 'impossible value', key: Buffer.from(sample.key), value, code }];
}
