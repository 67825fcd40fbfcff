import { openApplications } from '@sync/graph';
import { runService } from '@sync/runtime';
import { BUDGET_SHARE, options } from './config.ts';
import { createReader } from './reader.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (ctx) => {
    const clients = openApplications(ctx.config, {
      service: 'delta-reader',
      share: BUDGET_SHARE,
      now: () => ctx.now(),
      secretOf: (name) => process.env[name],
    });
    return createReader(ctx, clients);
  },
});
