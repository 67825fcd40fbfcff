import { deadLetter, drop, emit, objectTopicOf, recordKey, to, tombstone, topics } from '@sync/core';
import type { Outcome } from '@sync/core';
import { normalise } from './normalise.ts';
import { parseRawRow } from './raw-row.ts';

/** What becomes of one raw record. A delete is told, and then the key is forgotten, so that compaction can forget the row. */
export function decide(bytes: Uint8Array | null, epoch: number): Outcome {
  if (bytes === null) return drop('tombstone');
  const row = parseRawRow(bytes);
  if (row === 'foreign-message') return drop(row);
  if ('malformed' in row) return deadLetter('RECORD_UNREADABLE', row.malformed);
  const result = normalise(row, epoch);
  if (result.kind === 'drop') return drop(result.reason);
  if (result.kind === 'malformed') return deadLetter('RECORD_UNREADABLE', result.reason);
  const { change } = result;
  const topic = topics.twentyChanges[objectTopicOf(change.object, change.custom)];
  const key = recordKey(change);
  return emit([to(topic, key, change)], change.op === 'delete' ? [tombstone(topic, key)] : []);
}
