/** The records of one request: which of those that wait, in what form, and which offsets they got. */
import type { Message, TopicMessages } from 'kafkajs';
import type { EncodedRecord } from '../ports.ts';

/** Most bytes and records of one request; brokers take 1 MiB per partition batch by default. */
const MOST_BYTES = 700_000;
const MOST_RECORDS = 2_000;

/** One call of `send`, until all its records have their offsets. */
export interface Call {
  readonly offsets: bigint[];
  missing: number;
  resolve(offsets: readonly bigint[]): void;
  reject(error: Error): void;
}

/** A record that waits to be sent, and the call that it belongs to. */
export interface Item {
  readonly record: EncodedRecord;
  readonly call: Call;
  readonly index: number;
}

/** Takes the first records off the queue, as many as fit one request. */
export function takeBatch(waiting: Item[]): Item[] {
  let bytes = 0;
  let count = 0;
  for (const { record } of waiting) {
    bytes += sizeOf(record);
    if (count > 0 && (bytes > MOST_BYTES || count >= MOST_RECORDS)) break;
    count++;
  }
  return waiting.splice(0, count);
}

function sizeOf({ key, value, headers }: EncodedRecord): number {
  let bytes = (key?.length ?? 0) + (value?.length ?? 0);
  for (const name in headers) bytes += name.length + (headers[name]?.length ?? 0);
  return bytes;
}

export function toTopicMessages(items: readonly Item[]): TopicMessages[] {
  const byTopic = new Map<string, Message[]>();
  for (const { record } of items) {
    const messages = byTopic.get(record.topic);
    if (messages === undefined) byTopic.set(record.topic, [toMessage(record)]);
    else messages.push(toMessage(record));
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

function toMessage(record: EncodedRecord): Message {
  return {
    key: record.key,
    value: record.value,
    headers: { ...record.headers },
    partition: record.partition,
  };
}

/**
 * Records of one partition got consecutive offsets, in the order in which they were given. Throws when a partition has no answer:
 * kafkajs sends nothing more to a broker that has answered, so what it repeats after the leader has moved there is dropped, and
 * the rest passes for everything.
 */
export function settle(items: readonly Item[], bases: Map<string, bigint>): void {
  const unanswered = items.find(({ record }) => !bases.has(placeOf(record)));
  if (unanswered !== undefined) throw new Error(`no answer for ${placeOf(unanswered.record)}`);
  for (const { record, call, index } of items) {
    const at = placeOf(record);
    const offset = bases.get(at) ?? -1n;
    bases.set(at, offset < 0n ? offset : offset + 1n);
    call.offsets[index] = offset;
    if (--call.missing === 0) call.resolve(call.offsets);
  }
}

function placeOf({ topic, partition }: EncodedRecord): string {
  return `${topic}|${partition}`;
}
