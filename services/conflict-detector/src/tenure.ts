/**
 * Since when this process owns its partitions. One that has lost them, and does not know it yet, goes on with what it was doing:
 * its states bear an earlier time, by which everybody leaves them out.
 */
import { emit, topics } from '@sync/core';
import type { Outcome, OutRecord, RecordState } from '@sync/core';

export interface Tenure {
  /** Partitions were taken over, at `now`: milliseconds since 1970. */
  begin(states: Iterable<readonly [string, RecordState]>, now: number): void;
  /** True when a later owner has written the state: whatever it asks for is not ours to do. */
  isOver(state: RecordState | undefined): boolean;
  /** True when an owner before us has written the state. */
  isEarlier(state: RecordState): boolean;
  /** The same outcome, its state marked as ours. */
  mark(outcome: Outcome): Outcome;
}

export function createTenure(): Tenure {
  let since = 0;
  const marked = (record: OutRecord): OutRecord =>
    record.topic.name === topics.records.name
      ? { ...record, value: { ...(record.value as RecordState), ownedSince: since } }
      : record;
  return {
    // Clocks differ: later than every owner that is known of.
    begin: (states, now) => {
      since = [...states].reduce((latest, [, { ownedSince }]) => Math.max(latest, ownedSince + 1), now);
    },
    isOver: (state) => state !== undefined && state.ownedSince > since,
    isEarlier: (state) => state.ownedSince < since,
    mark: (outcome) =>
      outcome.kind === 'emit' ? emit(...outcome.stages.map((stage) => stage.map(marked))) : outcome,
  };
}
