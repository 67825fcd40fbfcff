import type { Acknowledged, Violation } from './change.ts';
import type { Tracks } from './tracks.ts';

/** What a side acknowledged to a user must stand in that side's own history. */
export function checkAcknowledged(tracks: Tracks, acknowledged: readonly Acknowledged[]): Violation[] {
  return acknowledged
    .filter(
      // Blanking what is blank already leaves no trace.
      ({ side, record, field, value }) =>
        value !== null && !tracks.of(side, record, field).some((one) => one.value === value),
    )
    .map(({ side, record, field, value }) => ({
      kind: 'lost',
      record,
      field,
      story: `${side} acknowledged ${String(value)} to its user and does not know it`,
    }));
}
