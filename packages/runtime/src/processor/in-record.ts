import type { Topic } from '@sync/core';
import type { RawRecord } from '../ports.ts';
import type { InRecord } from '../service/contract.ts';

/** A raw record with its decoded value, as services see it. */
export function toInRecord(topic: Topic, record: RawRecord, value: unknown): InRecord {
  return {
    topic,
    key: record.key?.toString() ?? '',
    value,
    partition: record.partition,
    offset: record.offset.toString(),
    timestamp: record.timestamp,
    headers: headerTexts(record.headers),
  };
}

/** Headers as text. */
export function headerTexts(headers: RawRecord['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.toString()]));
}
