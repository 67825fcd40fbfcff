/**
 * Judges a whole run by what both sides wrote down: explains every field, or names the violation.
 * Sides are compared by order within a side and by values; only for restores, whose values are all alike, by their clocks,
 * which are one clock on one machine.
 */
import type { Evidence, HistorySide, Violation } from './change.ts';
import { checkAcknowledged } from './check-acknowledged.ts';
import { checkDiverged } from './check-diverged.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkOverwritten } from './check-overwritten.ts';
import { checkOrder } from './check-order.ts';
import { Tracks } from './tracks.ts';

const SIDES: readonly HistorySide[] = ['twenty', 'sharepoint'];

/** Every violation of the run; none for a run that can be explained. */
export function checkHistory(evidence: Evidence): Violation[] {
  const tracks = new Tracks(evidence.changes, evidence.conflicts, evidence.answered);
  const perRecord = tracks.records.flatMap((record) => [
    ...checkDiverged(tracks, record, evidence.excused),
    ...SIDES.flatMap((side) =>
      tracks.fields(record).flatMap((field) => checkTrack(tracks, side, record, field)),
    ),
  ]);
  return [
    ...checkAcknowledged(tracks, evidence.acknowledged),
    ...checkDuplicates(evidence.live),
    ...perRecord,
    ...checkEchoes(evidence),
  ];
}

function checkTrack(tracks: Tracks, side: HistorySide, record: string, field: string): Violation[] {
  return [...checkOverwritten(tracks, side, record, field), ...checkOrder(tracks, side, record, field)];
}

/** At rest, nothing may be written any more. */
function checkEchoes({ changes, restAt }: Evidence): Violation[] {
  return changes
    .filter((change) => change.by === 'sync' && change.seq > restAt[change.side])
    .map(({ record, field, side, value }) => ({
      kind: 'echo',
      record,
      field,
      story: `${side} was given ${String(value)} after everything had come to rest`,
    }));
}
