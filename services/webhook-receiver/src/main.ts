import { topics } from '@sync/core';
import { runService } from '@sync/runtime';
import { options } from './config.ts';
import { RECEIVER_METRICS } from './metrics.ts';
import { addRoutes } from './routes.ts';
import { indexSubscriptions } from './subscription-index.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (ctx) => {
    let ready = false;
    addRoutes(ctx.http, {
      bodyLimitBytes: ctx.config.bodyLimitBytes,
      isReady: () => ready,
      subscriptionOf: indexSubscriptions(ctx.table(topics.subscriptions)),
      send: (records) => ctx.send(records),
      now: () => ctx.now(),
      log: ctx.log,
      metrics: ctx.metrics.extend(RECEIVER_METRICS),
    });
    ctx.onReady(() => {
      ready = true;
    });
    return {};
  },
});
