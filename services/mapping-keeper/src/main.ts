import { topics } from '@sync/core';
import { runService, valueOf } from '@sync/runtime';
import { options } from './config.ts';
import { decide } from './decide.ts';
import { MAPPING_METRICS } from './metrics.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (context) => {
    const mappings = context.store(topics.mappings);
    const metrics = context.metrics.extend(MAPPING_METRICS);
    return {
      process: async (record) => {
        const result =
          valueOf(topics.sharepointResults, record) ?? valueOf(topics.twentyResults, record) ?? null;
        for (const { code } of result?.refusals ?? []) {
          metrics.count('sync_refusals_total', { side: result?.side ?? '', code });
        }
        return decide(record.key, mappings.get(record.key), result);
      },
    };
  },
});
