import { drop, listKey, topics } from '@sync/core';
import { openApplications } from '@sync/graph';
import { runService, valueOf } from '@sync/runtime';
import { activeConfig, bindingOf } from './bindings.ts';
import { BUDGET_SHARE, options } from './config.ts';
import { isOrphan } from './decide.ts';
import { answerDoorbell } from './doorbell.ts';
import { feedOf } from './feed-of.ts';
import { DELTA_METRICS } from './metrics.ts';
import { createOwners } from './owners.ts';
import { readList, tellLateDelete } from './read-list.ts';
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
    const [schedule, owners] = [createSchedule(), createOwners()];
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
      owners: owners.records,
      schedule,
      owns,
      send,
      now,
      log,
      metrics,
      feedOf: feedOf(clients),
    };
    const request = (key: string): boolean => {
      const tenantId = bindingOf(key, lists.entries())?.tenantId;
      const asked = tenantId !== undefined && schedule.ask(key);
      // The reading is the tenant's, as its notifications are: given up when another instance takes the tenant over.
      if (asked) ctx.enqueue(key, () => readList(key, parts), tenantId);
      return asked;
    };
    const clientOf = (key: string) => {
      const binding = bindingOf(key, lists.entries());
      const application = binding && activeConfig(binding, configs.get(binding.workspaceId));
      return application && clients(application);
    };
    const tellOrphan = (key: string): void => {
      const [tenantId = '', siteId = '', listId = '', itemId = ''] = key.split('|');
      if (!isOrphan(items.get(key)) || !owners.records.has(key) || !owns(tenantId)) return;
      const list = listKey({ tenantId, siteId, listId });
      ctx.enqueue(list, () => tellLateDelete(list, itemId, parts), tenantId);
    };
    ctx.table(topics.mappings).onChange((_key, mapping) => {
      const key = owners.note(mapping);
      if (key !== null) tellOrphan(key);
    });
    ctx.onAssigned(() => {
      restored = true;
      schedule.forget();
      for (const [key] of items.entries()) tellOrphan(key);
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
