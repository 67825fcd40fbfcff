import { LIFE, otherSide } from './change.ts';
import type { Change, HistorySide, Violation } from './change.ts';
import type { Tracks } from './tracks.ts';

/**
 * Whatever the sync wrote over a user's value must have known that value: it reached the other side, or it stands
 * in a conflict. A user who overwrites a user knows what he does.
 */
export function checkOverwritten(
  tracks: Tracks,
  side: HistorySide,
  record: string,
  field: string,
): Violation[] {
  const track = tracks.of(side, record, field);
  return track.flatMap((change, at) => {
    const next = track[at + 1];
    if (change.by !== 'user') return [];
    if (next === undefined) return field === LIFE ? [] : checkBuried(tracks, change);
    if (next.by !== 'sync' || next.value === change.value) return [];
    return isExplained(tracks, change, next) ? [] : [violation(change, next)];
  });
}

function isExplained(tracks: Tracks, change: Change, next: Change): boolean {
  if (change.field === LIFE) return isLifeExplained(tracks, change, next);
  return isKnown(tracks, change) || isGivenUp(tracks, change, next);
}

/** A user's last value of a field that the sync then took away with the whole record. */
function checkBuried(tracks: Tracks, last: Change): Violation[] {
  const end = tracks.of(last.side, last.record, LIFE).at(-1);
  if (end?.value !== 'false' || end.by !== 'sync' || end.seq < last.seq || isKnown(tracks, last)) return [];
  return [
    {
      ...place(last),
      kind: 'lost',
      story: `${last.side}'s ${String(last.value)} was buried by a delete and stands nowhere`,
    },
  ];
}

function isKnown(tracks: Tracks, { side, record, field, value }: Change): boolean {
  const told = tracks
    .conflictsOf(record, field)
    .some((conflict) => (side === 'twenty' ? conflict.twentyValue : conflict.sharepointValue) === value);
  // Every field begins blank, so a blank is known everywhere.
  return (
    told || value === null || tracks.of(otherSide(side), record, field).some((one) => one.value === value)
  );
}

/** Who deletes a record himself gives its values up. */
function isGivenUp(tracks: Tracks, { side, record, seq }: Change, next: Change): boolean {
  return tracks
    .of(side, record, LIFE)
    .some((one) => one.by === 'user' && one.value === 'false' && one.seq >= seq && one.seq <= next.seq);
}

/** A delete may be undone by a restore on the other side that was not carried over before, or by a conflict that says so. */
function isLifeExplained(tracks: Tracks, change: Change, next: Change): boolean {
  if (tracks.conflictsOf(change.record, LIFE).length > 0) return true;
  if (change.value === 'false')
    return isUnheardOf(tracks, change) || restoresUnderWay(tracks, change, next).length > 0;
  const other = tracks.of(otherSide(change.side), change.record, LIFE);
  return other.some((one) => one.by === 'user' && one.value === 'false');
}

/**
 * An item that a user deleted before the sync had an answer that it had made it: nothing is left of the item, so it is made again
 * (docs/SPEC.md, known gaps of I5).
 */
function isUnheardOf(tracks: Tracks, { side, record, item }: Change): boolean {
  if (item === undefined || tracks.isAnswered(item)) return false;
  const born = tracks.of(side, record, LIFE).find((one) => one.item === item);
  return born?.by === 'sync' && born.value === 'true';
}

/** Restores of the other side's users that the sync may not have carried over before this delete. */
function restoresUnderWay(tracks: Tracks, change: Change, next: Change): readonly Change[] {
  const { side, record } = change;
  const all = tracks
    .of(otherSide(side), record, LIFE)
    .filter((one) => one.by === 'user' && one.value === 'true' && one.at <= next.at);
  return all.filter((restore) => {
    const carries = tracks
      .of(side, record, LIFE)
      .filter(
        (one) => one.by === 'sync' && one.value === 'true' && one.at >= restore.at && one.at <= change.at,
      );
    if (carries.length === 0) return true;
    const older = all.filter((one) => one.at < restore.at);
    return carries.every((carry) => mayCarryOlder(tracks, carry, older)) && !isHeard(tracks, restore, change);
  });
}

/** Did an older restore have to wait for this one? Of a write that brings life back, nobody can say which restore it carried. */
function mayCarryOlder(tracks: Tracks, carry: Change, older: readonly Change[]): boolean {
  const before = tracks
    .of(carry.side, carry.record, LIFE)
    .filter((one) => one.by === 'sync' && one.value === 'true' && one.seq < carry.seq);
  return older.some((restore) => !before.some((one) => one.at >= restore.at));
}

/**
 * The sync hears of a side's changes in order: once it has carried over a value that is younger than a restore, it knows that one.
 * A blank names no value.
 */
function isHeard(tracks: Tracks, restore: Change, until: Change): boolean {
  const { side, record } = restore;
  const fields = tracks.fields(record).filter((field) => field !== LIFE);
  return fields.some((field) => {
    const carried = tracks
      .of(until.side, record, field)
      .filter((one) => one.by === 'sync' && one.at <= until.at);
    return tracks
      .of(side, record, field)
      .filter((one) => one.by === 'user' && one.at > restore.at && one.value !== null)
      .some((younger) => carried.some((one) => one.value === younger.value && one.at >= younger.at));
  });
}

/**
 * Deletes of users that were undone by an older restore which was still under way. No violation: where both sides delete, the
 * sync cannot tell whether the delete that it finds was its own, and life wins. But a person may wonder, so they are counted.
 */
export function countCrossed(tracks: Tracks): number {
  return undoneDeletes(tracks).filter(([change, next]) => {
    const restores = restoresUnderWay(tracks, change, next);
    return restores.length > 0 && restores.every((one) => one.at < change.at);
  }).length;
}

/** Items that were deleted before the sync had heard that it had made them, and made again. */
export function countUnheardOf(tracks: Tracks): number {
  return undoneDeletes(tracks).filter(([change]) => isUnheardOf(tracks, change)).length;
}

/** Deletes of users that the sync undid, each with what undid it. */
function undoneDeletes(tracks: Tracks): (readonly [Change, Change])[] {
  return (['twenty', 'sharepoint'] as const).flatMap((side) =>
    tracks.records.flatMap((record) => {
      const track = tracks.of(side, record, LIFE);
      return track.flatMap((change, at) => {
        const next = track[at + 1];
        const isUndone = change.by === 'user' && change.value === 'false' && next?.by === 'sync';
        return isUndone ? [[change, next] as const] : [];
      });
    }),
  );
}

function violation(change: Change, next: Change): Violation {
  if (change.field === LIFE && change.value === 'false')
    return {
      ...place(change),
      kind: 'resurrected',
      story: `${change.side} deleted it, and the sync brought it back`,
    };
  const story = `${change.side}'s ${String(change.value)} was replaced by ${String(next.value)}; it reached the other side never and stands in no conflict`;
  return { ...place(change), kind: 'silentOverwrite', story };
}

const place = ({ record, field }: Change): Pick<Violation, 'record' | 'field'> => ({ record, field });
