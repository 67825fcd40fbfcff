import { openApplications, perApplication } from '@sync/graph';
import { runService } from '@sync/runtime';
import { batching } from './batcher.ts';
import { BUDGET_SHARE, options } from './config.ts';
import { createService } from './service.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (context) => {
    const applications = openApplications(context.config, {
      service: 'sharepoint-writer',
      share: BUDGET_SHARE,
      now: () => context.now(),
      secretOf: (name) => process.env[name],
    });
    return createService(
      context,
      perApplication((application) => batching(applications(application))),
    );
  },
});
