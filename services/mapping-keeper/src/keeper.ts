/** The shell around the decisions: counts refusals, and knows what stands in the table. */
import { drop, topics } from '@sync/core';
import type { SharePointChange } from '@sync/core';
import { valueOf } from '@sync/runtime';
import type { Service, ServiceContext } from '@sync/runtime';
import { decide, decideChange } from './decide.ts';
import { MAPPING_METRICS } from './metrics.ts';

export function createKeeper(context: ServiceContext<object>): Service {
  const mappings = context.store(topics.mappings);
  const metrics = context.metrics.extend(MAPPING_METRICS);
  return {
    process: async (record) => {
      const before = mappings.get(record.key);
      if (record.topic.schema === 'sharepoint-change')
        return record.value === null
          ? drop('tombstone')
          : decideChange(record.key, before, record.value as SharePointChange);
      const result =
        valueOf(topics.sharepointResults, record) ?? valueOf(topics.twentyResults, record) ?? null;
      for (const { code } of result?.refusals ?? [])
        metrics.count('sync_refusals_total', { side: result?.side ?? '', code });
      return decide(record.key, before, result);
    },
  };
}
