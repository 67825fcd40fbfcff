import { drop, topics } from '@sync/core';
import { openApplications } from '@sync/graph';
import { runService, valueOf } from '@sync/runtime';
import { activeConfig, bindingOf } from './bindings.ts';
import { BUDGET_SHARE, options } from './config.ts';
import { answerDoorbell } from './doorbell.ts';
import { feedOf } from './feed-of.ts';
import { DELTA_METRICS } from './metrics.ts';
import { readList } from './read-list.ts';
import { createSchedule } from './schedule.ts';
import { dueLists } from './timed-reads.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (ctx) => {
    const { config, log } = ctx;
    const [lists, configs] = [ctx.table(topics.lists), ctx.table(topics.config)];
    const [cursors, items] = [ctx.store(topics.cursors), ctx.store(topics.items)];
    const schedule = createSchedule();
    const metrics = ctx.metrics.extend(DELTA_METRICS);
    const clients = openApplications(config, {
      service: 'delta-reader',
      share: BUDGET_SHARE,
      now: () => ctx.now(),
      secretOf: (name) => process.env[name],
    });
    const [send, now] = [ctx.send.bind(ctx), ctx.now.bind(ctx)];
    // Before the first restore the index is not known, and nothing may be concluded from it.
    let restored = false;
    const owns = (tenantId: string): boolean => restored && ctx.owns(topics.notifications, tenantId);
    const parts = {
      config,
      lists,
      configs,
      cursors,
      items,
      schedule,
      owns,
      send,
      now,
      log,
      metrics,
      feedOf: feedOf(clients),
    };
    const request = (key: string): boolean => {
      const asked = schedule.ask(key);
      if (asked) ctx.enqueue(key, () => readList(key, parts));
      return asked;
    };
    const clientOf = (key: string) => {
      const binding = bindingOf(key, lists.entries());
      const application = binding && activeConfig(binding, configs.get(binding.workspaceId));
      return application && clients(application);
    };
    ctx.onAssigned(() => {
      restored = true;
      schedule.forget();
    });
    ctx.every(config.tickMs, 'timed-reads', async () => {
      for (const key of dueLists(lists.entries(), schedule, owns, now())) request(key);
    });
    return {
      process: async (record) => {
        const notification = valueOf(topics.notifications, record);
        if (!notification) return drop('tombstone');
        return answerDoorbell(record.key, notification, { clientOf, request, log });
      },
    };
  },
});
