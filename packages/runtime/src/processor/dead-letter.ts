/** Dead letters: key and value bytes as they came, the headers that came, and in `dlq-*` headers why, whence and when. */
import type { Outcome } from '@sync/core';
import type { EncodedRecord, RawHeaders, TopicPartition } from '../ports.ts';

export interface Origin extends TopicPartition {
  readonly offset: bigint;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
  /** When the record was first taken up, milliseconds since 1970. */
  readonly firstSeen: number;
}

/** Longest reason in a header, characters: a letter must fit its topic, whatever its record holds. */
const LONGEST_REASON = 1_000;

type DeadLetter = Extract<Outcome, { kind: 'deadLetter' }>;

/** The record for the dead-letter topic, which has one partition. */
export function toDeadLetter(
  origin: Origin,
  outcome: DeadLetter,
  about: {
    readonly topic: string;
    readonly service: string;
    readonly attempts: number;
    readonly now: number;
  },
): EncodedRecord {
  const added = {
    'dlq-service': about.service,
    'dlq-code': outcome.code,
    'dlq-reason': outcome.reason.slice(0, LONGEST_REASON),
    'dlq-topic': origin.topic,
    'dlq-partition': String(origin.partition),
    'dlq-offset': origin.offset.toString(),
    'dlq-timestamp': String(origin.timestamp),
    'dlq-attempts': String(about.attempts),
    'dlq-first-seen': new Date(origin.firstSeen).toISOString(),
    'dlq-at': new Date(about.now).toISOString(),
  };
  const headers = Object.fromEntries(
    Object.entries(added).map(([name, value]) => [name, Buffer.from(value)]),
  );
  return {
    topic: about.topic,
    partition: 0,
    key: origin.key,
    value: origin.value,
    headers: { ...origin.headers, ...headers },
  };
}
