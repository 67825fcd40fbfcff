/** How long after a fault was over a fresh change travelled again, in both directions. */
import type { Change, HistorySide } from './history/change.ts';
import { otherSide } from './history/change.ts';

export interface Strike {
  readonly kind: string;
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly healed: number;
}

/** Milliseconds per strike, in its order; null where nothing travelled any more. */
export function recoveryTimes(strikes: readonly Strike[], beats: readonly Change[]): (number | null)[] {
  const trips = (['twenty', 'sharepoint'] as const).map((side) => tripsFrom(beats, side));
  return strikes.map(({ healed }) => {
    const arrivals = trips.map((some) => some.find(({ sent }) => sent >= healed)?.arrived ?? null);
    return arrivals.includes(null) ? null : Math.max(...arrivals.map((at) => (at ?? 0) - healed));
  });
}

/**
 * When what was written on a side turned up on the other; a younger value that turned up speaks for the older ones. Blanks are
 * all alike, so none of them tells when it was sent.
 */
function tripsFrom(all: readonly Change[], side: HistorySide): { sent: number; arrived: number }[] {
  const beats = all.filter(({ value }) => value !== null);
  const arrivals = new Map(
    beats
      .filter((one) => one.side === otherSide(side) && one.by === 'sync')
      .map((one) => [`${one.record}|${one.value}`, one.at]),
  );
  return beats
    .filter((one) => one.side === side && one.by === 'user')
    .flatMap((one) => {
      const arrived = arrivals.get(`${one.record}|${one.value}`);
      return arrived === undefined ? [] : [{ sent: one.at, arrived }];
    })
    .sort((a, b) => a.sent - b.sent);
}

/** The value below which a share of them lies; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
