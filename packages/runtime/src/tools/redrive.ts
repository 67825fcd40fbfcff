/**
 * Sends dead letters back to where they came from, byte for byte. Nothing of a key waits for its dead letter, so later records may
 * have been processed meanwhile. All records here carry a whole state, therefore a letter that was overtaken (`superseded`) is
 * left alone: a redrive never puts an older state behind a newer one. The letters of one key go back in their order.
 */
import { deadLetterTopic } from '@sync/core';
import type { EncodedRecord, RawHeaders } from '../ports.ts';
import type { Client } from './client.ts';
import { REDRIVEN_FROM, REDRIVEN_MARK, deadLettersOf, type DeadLetter } from './dead-letters.ts';

/** Which letters; what is left out matches all. */
export interface LetterFilter {
  readonly code?: string;
  /** The topic that the record lay in. */
  readonly topic?: string;
  readonly key?: string;
}

export interface RedriveOptions {
  /** Letters per second; 50 when left out. */
  readonly perSecond?: number;
  /** Also sends what was redriven before, and what is superseded. */
  readonly force?: boolean;
  /** Waits, milliseconds. */
  pause(ms: number): Promise<unknown>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface RedriveReport {
  readonly sent: number;
  /** Were redriven before. */
  readonly done: number;
  readonly superseded: number;
  /** Came from no record, so there is nothing to send. */
  readonly bytesUnknown: number;
}

const PER_SECOND = 50;

/** Redrives the letters of a service that match; a second call sends nothing unless it is forced. */
export async function redrive(
  client: Client,
  service: string,
  filter: LetterFilter,
  options: RedriveOptions,
): Promise<RedriveReport> {
  const { perSecond = PER_SECOND, force = false, pause } = options;
  const letters = (await deadLettersOf(client, service)).filter((letter) => matches(letter, filter));
  const due = letters.filter(({ state }) => state === 'waiting' || (force && state !== 'bytes-unknown'));
  for (const [index, letter] of due.entries()) {
    if (index > 0) await pause(1000 / perSecond);
    await sendBack(client, service, letter, options);
  }
  const count = (state: DeadLetter['state']): number =>
    letters.filter((letter) => letter.state === state && !due.includes(letter)).length;
  return {
    sent: due.length,
    done: count('redriven'),
    superseded: count('superseded'),
    bytesUnknown: count('bytes-unknown'),
  };
}

/** The record first, then the mark: a crash in between is found by the record's own header. */
async function sendBack(
  client: Client,
  service: string,
  letter: DeadLetter,
  { now }: RedriveOptions,
): Promise<void> {
  const letters = deadLetterTopic(service).name;
  await client.sendRaw([original(letter, `${letters}|${letter.offset}`)]);
  const mark = {
    [REDRIVEN_MARK]: Buffer.from(letter.offset.toString()),
    'sync-redriven-at': Buffer.from(new Date(now()).toISOString()),
  };
  await client.sendRaw([
    { topic: letters, partition: 0, key: letter.record.key, value: null, headers: mark },
  ]);
}

/** The record as it lay in its topic, in the partition of its key. */
function original({ topic, partition, record }: DeadLetter, from: string): EncodedRecord {
  const headers: RawHeaders = Object.fromEntries(
    Object.entries(record.headers).filter(([name]) => !name.startsWith('dlq-')),
  );
  const { key, value } = record;
  return { topic, partition, key, value, headers: { ...headers, [REDRIVEN_FROM]: Buffer.from(from) } };
}

function matches(letter: DeadLetter, { code, topic, key }: LetterFilter): boolean {
  return (
    (code === undefined || letter.code === code) &&
    (topic === undefined || letter.topic === topic) &&
    (key === undefined || letter.key === key)
  );
}
