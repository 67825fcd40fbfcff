import { topics } from '@sync/core';
import { runService } from '@sync/runtime';
import { options } from './config.ts';
import type { Known } from './job.ts';
import { createRecent } from './recent.ts';
import { openTenants } from './tenants.ts';
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
    const clientOf = openTenants(context.config, now, (name) => process.env[name]);
    // While another instance had the partition it may have written; an empty memory is always safe.
    context.onAssigned(() => memory.clear());
    return {
      process: createWriter({ configOf: (id) => configs.get(id), clientOf, memory, now }),
      maxInFlight: 64,
    };
  },
});
