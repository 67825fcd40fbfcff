import { createRecent, topics } from '@sync/core';
import { openApplications, perApplication } from '@sync/graph';
import { runService } from '@sync/runtime';
import { BUDGET_SHARE, options } from './config.ts';
import type { Known } from './job.ts';
import { batching } from './batcher.ts';
import { topology } from './topology.ts';
import { createWriter } from './writer.ts';

/** Records whose last answer is remembered. */
const REMEMBERED = 50_000;

await runService({
  topology,
  options,
  build: (context) => {
    const configs = context.table(topics.config);
    const memory = createRecent<Known>(REMEMBERED);
    const now = (): number => context.now();
    const applications = openApplications(context.config, {
      service: 'sharepoint-writer',
      share: BUDGET_SHARE,
      now,
      secretOf: (name) => process.env[name],
    });
    const clientOf = perApplication((application) => batching(applications(application)));
    // While another instance had the partition it may have written; an empty memory is always safe.
    context.onAssigned(() => memory.clear());
    return {
      process: createWriter({ configOf: (id) => configs.get(id), clientOf, memory, now }),
      maxInFlight: 64,
    };
  },
});
