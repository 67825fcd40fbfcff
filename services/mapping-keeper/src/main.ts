import { topics } from '@sync/core';
import { runService, valueOf } from '@sync/runtime';
import { options } from './config.ts';
import { decide } from './decide.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (context) => {
    const mappings = context.store(topics.mappings);
    return {
      process: async (record) => {
        const result =
          valueOf(topics.sharepointResults, record) ?? valueOf(topics.twentyResults, record) ?? null;
        return decide(record.key, mappings.get(record.key), result);
      },
    };
  },
});
