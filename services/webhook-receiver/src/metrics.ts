import type { MetricTable, Metrics } from '@sync/runtime';

export const RECEIVER_METRICS = {
  sync_notifications_total: {
    type: 'counter',
    help: 'Elements of notifications, by what became of them: accepted, or why they were refused.',
    labels: ['outcome'],
  },
  sync_notification_bodies_refused_total: {
    type: 'counter',
    help: 'Whole bodies refused: too-large, malformed, or other.',
    labels: ['reason'],
  },
} as const satisfies MetricTable;

export type ReceiverMetrics = Metrics<typeof RECEIVER_METRICS>;
