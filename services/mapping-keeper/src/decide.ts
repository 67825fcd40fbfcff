/** Decides what an answer of a writer changes in the mapping of its record. Pure. */
import { deadLetter, drop, emit, keyProblem, to, topics } from '@sync/core';
import type { Mapping, Outcome, WriteResult } from '@sync/core';
import { evolve, isOlder } from './evolve.ts';

/** The mapping to publish, or why nothing is. `key` is the record key. */
export function decide(key: string, before: Mapping | undefined, result: WriteResult | null): Outcome {
  if (result === null) return drop('tombstone');
  const wrong = keyProblem(key, result);
  if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
  if (result.answeredAt < (before?.lastSyncedAt ?? 0) || isOlder(before, result)) return drop('older-answer');
  const after = evolve(before, result);
  if (after === null) return drop('no-list-known');
  if (result.kind !== 'written' && isSame(before, after)) return drop('nothing-new');
  return emit([to(topics.mappings, key, after)]);
}

/** Equal but for the time: an answer that wrote nothing is worth no new entry. */
function isSame(before: Mapping | undefined, after: Mapping): boolean {
  if (before === undefined) return false;
  const names = Object.keys(after) as (keyof Mapping)[];
  return names.every(
    (name) => name === 'lastSyncedAt' || JSON.stringify(before[name]) === JSON.stringify(after[name]),
  );
}
