/** The topics in the words of the brain: which input a record is, or why it can be none. */
import { deadLetter, drop, mappingOf, parseRecordKey } from '@sync/core';
import type { Outcome, Resolution, SharePointChange, TwentyChange, WriteResult } from '@sync/core';
import type { InRecord } from '@sync/runtime';
import type { Input } from './brain/input.ts';
import { problemOf } from './impossible.ts';
import type { Told } from './impossible.ts';
import { mistakeIn, resolved } from './resolution.ts';
import { answered, seenInSharePoint, seenInTwenty } from './sight.ts';
import type { Situation } from './situation.ts';

/** Decides on a record by an input, which depends on where the record belongs. */
export type Step = (key: string, input: (situation: Situation) => Input, changedAt: number | null) => Outcome;

/** What one record of a topic means for the record that it speaks of. */
export function hear(record: InRecord, step: Step): Outcome {
  if (record.value === null) return drop('tombstone');
  const wrong = problemOf(record.key, record.value as Told);
  if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
  if (record.topic.schema === 'twenty-change') {
    const change = record.value as TwentyChange;
    return step(record.key, ({ mapping }) => seenInTwenty(change, mapping.fields), change.committedAt);
  }
  if (record.topic.schema === 'sharepoint-change') {
    const change = record.value as SharePointChange;
    return step(record.key, ({ fields }) => seenInSharePoint(change, fields), change.modifiedAt);
  }
  if (record.topic.schema === 'resolution') return resolve(record.key, record.value as Resolution, step);
  const result = record.value as WriteResult;
  return step(record.key, () => answered(result), result.changedAt);
}

function resolve(key: string, resolution: Resolution, step: Step): Outcome {
  const object = parseRecordKey(key)?.object ?? '';
  const mistake = mistakeIn(resolution, mappingOf(object)?.fields ?? []);
  return mistake === null
    ? step(key, () => resolved(resolution), null)
    : deadLetter('RESOLUTION_INVALID', mistake);
}
