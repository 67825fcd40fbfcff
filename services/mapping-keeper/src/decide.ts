/** Decides what an answer of a writer changes in the mapping of its record. Pure. */
import { deadLetter, drop, emit, keyProblem, to, topics } from '@sync/core';
import type { Mapping, Outcome, SharePointChange, WriteResult } from '@sync/core';
import { buried, evolve, isOlder, risen } from './evolve.ts';

/** The mapping to publish, or why nothing is. `key` is the record key. */
export function decide(key: string, before: Mapping | undefined, result: WriteResult | null): Outcome {
  if (result === null) return drop('tombstone');
  const wrong = keyProblem(key, result);
  if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
  if (isOlder(before, result)) return drop('older-answer');
  const after = evolve(before, result);
  if (after === null) return drop('no-list-known');
  if (result.kind !== 'written' && isSame(before, after)) return drop('nothing-new');
  return emit([to(topics.mappings, key, after)]);
}

/** The same for a change of the list: the end of the item that is known says something, and that an item is there again. */
export function decideChange(key: string, before: Mapping | undefined, change: SharePointChange): Outcome {
  const wrong = keyProblem(key, change);
  if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
  if (before === undefined) return drop('no-mapping');
  if (change.version <= before.version) return drop('older-change');
  if (change.op === 'delete') return emit([to(topics.mappings, key, buried(before, change))]);
  return before.itemId === null ? emit([to(topics.mappings, key, risen(before, change))]) : drop('no-end');
}

/** Equal but for the time: an answer that wrote nothing is worth no new entry. */
function isSame(before: Mapping | undefined, after: Mapping): boolean {
  if (before === undefined) return false;
  const names = Object.keys(after) as (keyof Mapping)[];
  return names.every(
    (name) => name === 'lastSyncedAt' || JSON.stringify(before[name]) === JSON.stringify(after[name]),
  );
}
