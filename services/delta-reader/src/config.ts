import { GRAPH_OPTIONS, int, option } from '@sync/runtime';
import type { ConfigOf } from '@sync/runtime';

export const options = {
  ...GRAPH_OPTIONS,
  tickMs: option({
    env: 'SYNC_DELTA_TICK_MS',
    parse: int,
    fallback: 500,
    doc: 'How often the service looks which lists are due for a timed read, milliseconds.',
  }),
  pauseSeconds: option({
    env: 'SYNC_DELTA_PAUSE_SECONDS',
    parse: int,
    fallback: 60,
    doc: 'How long a list rests after a read that could not end well: it is gone, refused, damaged, or held.',
  }),
  overdueSeconds: option({
    env: 'SYNC_DELTA_OVERDUE_SECONDS',
    parse: int,
    fallback: 120,
    doc: 'An item that a writer made, and of which the delta feed has told nothing for so long, is looked at singly.',
  }),
  vanishAtLeast: option({
    env: 'SYNC_VANISH_AT_LEAST',
    parse: int,
    fallback: 25,
    doc: 'This many items may vanish from a list without being told as deleted; more are held for a person to look at.',
  }),
  vanishPercent: option({
    env: 'SYNC_VANISH_PERCENT',
    parse: int,
    fallback: 20,
    doc: 'Share of the items of a large list that may vanish in the same way, percent.',
  }),
} as const;

export type Config = ConfigOf<typeof options>;

/** Part of the quota of an application that this service may use. */
export const BUDGET_SHARE = 0.15;
