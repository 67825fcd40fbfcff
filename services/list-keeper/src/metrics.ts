import type { MetricTable, Metrics } from '@sync/runtime';

export const KEEPER_METRICS = {
  sync_list_checks_total: {
    type: 'counter',
    help: 'Checks of a list, by result: bound, unusable, refused, waiting.',
    labels: ['result'],
  },
  sync_list_columns_created_total: { type: 'counter', help: 'Columns created or put back.', labels: [] },
  sync_subscription_actions_total: {
    type: 'counter',
    help: 'Checks of a subscription, by what was done: keep, create, renew, delete, refused, waiting.',
    labels: ['action'],
  },
} as const satisfies MetricTable;

export type KeeperMetrics = Metrics<typeof KEEPER_METRICS>;
