/** Reads the dead letters of a service, and what became of each. */
import { deadLetterTopic } from '@sync/core';
import type { RawRecord } from '../ports.ts';
import type { Client } from './client.ts';

/**
 * `waiting`: may be redriven. `redriven`: was. `superseded`: its topic holds a later record of the key that was processed, so that
 * a redrive would put an older state behind a newer one. `bytes-unknown`: work that came from no record.
 */
export type LetterState = 'waiting' | 'redriven' | 'superseded' | 'bytes-unknown';

export interface DeadLetter {
  /** Offset in the dead-letter topic. */
  readonly offset: bigint;
  readonly code: string;
  readonly reason: string;
  /** Where the record lay. */
  readonly topic: string;
  readonly partition: number;
  readonly position: bigint;
  readonly key: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly firstSeen: string;
  readonly state: LetterState;
  /** Key, value and headers, byte for byte. */
  readonly record: RawRecord;
}

/** A redriven record says in this header which letter it was: `<dead-letter topic>|<offset>`. */
export const REDRIVEN_FROM = 'sync-redriven-from';
/** A record of the dead-letter topic with this header is no letter: it marks the letter at that offset as redriven. */
export const REDRIVEN_MARK = 'sync-redriven';

/** All dead letters of a service, the oldest first. */
export async function deadLettersOf(client: Client, service: string): Promise<DeadLetter[]> {
  const name = deadLetterTopic(service).name;
  const records = await client.readRaw(name);
  const marked = new Set(records.flatMap((record) => headerOf(record, REDRIVEN_MARK) ?? []));
  const letters = records.filter((record) => headerOf(record, REDRIVEN_MARK) === undefined).map(letterOf);
  const fates = await fatesOf(client, name, letters);
  return letters.map((letter) => ({ ...letter, state: stateOf(letter, marked, fates) }));
}

type Unjudged = Omit<DeadLetter, 'state'>;

function letterOf(record: RawRecord): Unjudged {
  const header = (name: string): string => headerOf(record, `dlq-${name}`) ?? '';
  return {
    offset: record.offset,
    code: header('code'),
    reason: header('reason'),
    topic: header('topic'),
    partition: Number(header('partition')),
    position: BigInt(header('offset') || '-1'),
    key: record.key?.toString() ?? '',
    attempts: Number(header('attempts')),
    firstSeen: header('first-seen'),
    record,
  };
}

interface Fates {
  /** `<dead-letter topic>|<offset>` of letters that lie in their topic again. */
  readonly back: ReadonlySet<string>;
  /** Last position of a processed record, per key. */
  readonly lastOf: ReadonlyMap<string, bigint>;
  readonly letters: string;
}

/** Reads each topic from its oldest letter on. */
async function fatesOf(client: Client, letterTopic: string, letters: readonly Unjudged[]): Promise<Fates> {
  const dead = new Set(letters.map((one) => `${one.topic}|${one.partition}|${one.position}`));
  const keys = new Set(letters.map((one) => placeOf(one, one.record)));
  const [back, lastOf] = [new Set<string>(), new Map<string, bigint>()];
  for (const topic of new Set(letters.filter(hasBytes).map((one) => one.topic))) {
    for (const record of await client.readRaw(topic, startsOf(topic, letters))) {
      const from = headerOf(record, REDRIVEN_FROM);
      if (from?.startsWith(`${letterTopic}|`) === true) back.add(from);
      else if (
        keys.has(placeOf(record, record)) &&
        !dead.has(`${topic}|${record.partition}|${record.offset}`)
      )
        lastOf.set(placeOf(record, record), record.offset);
    }
  }
  return { back, lastOf, letters: letterTopic };
}

function stateOf(
  letter: Unjudged,
  marked: ReadonlySet<string>,
  { back, lastOf, letters }: Fates,
): LetterState {
  if (!hasBytes(letter)) return 'bytes-unknown';
  if (marked.has(letter.offset.toString()) || back.has(`${letters}|${letter.offset}`)) return 'redriven';
  return (lastOf.get(placeOf(letter, letter.record)) ?? -1n) > letter.position ? 'superseded' : 'waiting';
}

/** Where to begin, per partition: at its oldest letter; partitions without one are not read. */
function startsOf(topic: string, letters: readonly Unjudged[]): (partition: number) => bigint | null {
  const starts = new Map<number, bigint>();
  for (const one of letters) {
    const known = starts.get(one.partition);
    if (one.topic === topic && (known === undefined || one.position < known))
      starts.set(one.partition, one.position);
  }
  return (partition) => starts.get(partition) ?? null;
}

function hasBytes(letter: Unjudged): boolean {
  return letter.position >= 0n;
}

/** A key in its partition. */
function placeOf(at: { readonly topic: string; readonly partition: number }, { key }: RawRecord): string {
  return `${at.topic}|${at.partition}|${key === null ? 'null' : key.toString('base64')}`;
}

function headerOf(record: RawRecord, name: string): string | undefined {
  return record.headers[name]?.toString();
}
