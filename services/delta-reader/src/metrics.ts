import type { MetricTable, Metrics } from '@sync/runtime';

export const DELTA_METRICS = {
  sync_delta_rounds_total: {
    type: 'counter',
    help: 'Readings of a list, by how they ended: done, listGone, incomplete, held, refused.',
    labels: ['end'],
  },
  sync_delta_restarts_total: {
    type: 'counter',
    help: 'Readings that had to start again from the whole list, by reason.',
    labels: ['reason'],
  },
  sync_delta_changes_total: { type: 'counter', help: 'Changes published.', labels: [] },
  sync_delta_dropped_total: {
    type: 'counter',
    help: 'Elements of the feed not published, by reason.',
    labels: ['reason'],
  },
  sync_delta_held_deletes_total: {
    type: 'counter',
    help: 'Vanished items that were not told as deleted because they were too many at once.',
    labels: [],
  },
} as const satisfies MetricTable;

export type DeltaMetrics = Metrics<typeof DELTA_METRICS>;
