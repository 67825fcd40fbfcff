import type { MetricTable } from '@sync/runtime';

export const MAPPING_METRICS = {
  sync_refusals_total: {
    type: 'counter',
    help: 'Fields that a side refused, by side and code: too long, no such option, a column that is missing …',
    labels: ['side', 'code'],
  },
} as const satisfies MetricTable;
