import { LIFE, otherSide } from './change.ts';
import type { HistorySide, Violation } from './change.ts';
import type { Tracks } from './tracks.ts';

/** What the sync wrote on a side must be values of the other side, in the order in which they stood there. */
export function checkOrder(tracks: Tracks, side: HistorySide, record: string, field: string): Violation[] {
  // Life has two values only, so its order cannot be told.
  if (field === LIFE) return [];
  const source = tracks.of(otherSide(side), record, field).map((change) => change.value);
  const found: Violation[] = [];
  let reached = 0;
  for (const { by, value } of tracks.of(side, record, field)) {
    // A field that was never set is blank on both sides, so a blank has no place among the values.
    if (by !== 'sync' || value === null) continue;
    const next = source.indexOf(value, reached);
    if (next >= 0) reached = next;
    else found.push(misplaced(side, record, field, value, source.includes(value)));
  }
  return found;
}

function misplaced(
  side: HistorySide,
  record: string,
  field: string,
  value: string,
  isOld: boolean,
): Violation {
  const story = isOld
    ? `${side} was given ${value} after a value that is younger at its source`
    : `${side} was given ${value}, which the other side never held`;
  return { kind: 'reordered', record, field, story };
}
