/** Puts the service together: notifications and the clock ask for readings, each in the lane of its list. */
import { drop, listKey, topics } from '@sync/core';
import type { Application, GraphClient } from '@sync/graph';
import { valueOf } from '@sync/runtime';
import type { Service, ServiceContext } from '@sync/runtime';
import { activeConfig, bindingOf } from './bindings.ts';
import type { Config } from './config.ts';
import { isOrphan } from './decide.ts';
import { answerDoorbell } from './doorbell.ts';
import { feedOf } from './feed-of.ts';
import { DELTA_METRICS } from './metrics.ts';
import { createOwners, isBehind } from './owners.ts';
import { readList } from './read-list.ts';
import { createSchedule } from './schedule.ts';
import { lookAgainAt, tellLateDelete, tellLeft } from './single-looks.ts';
import { dueLists } from './timed-reads.ts';
import { createUnread } from './unread.ts';

export function createReader(
  ctx: ServiceContext<Config>,
  clients: (application: Application) => GraphClient,
): Service {
  const { config, log } = ctx;
  const [lists, configs] = [ctx.table(topics.lists), ctx.table(topics.config)];
  const [cursors, items] = [ctx.store(topics.cursors), ctx.store(topics.items)];
  const [send, now] = [ctx.send.bind(ctx), ctx.now.bind(ctx)];
  const unread = createUnread((key) => items.get(key) !== undefined, now);
  const [schedule, owners] = [createSchedule(), createOwners(unread)];
  // Before the first restore the index is not known, and nothing may be concluded from it.
  let restored = false;
  const owns = (tenantId: string): boolean => restored && ctx.owns(topics.notifications, tenantId);
  const parts = {
    ...{ config, lists, configs, cursors, items, owners, unread, schedule, owns, send, now, log },
    metrics: ctx.metrics.extend(DELTA_METRICS),
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
  /** The mapping may know more of an item than the feed told. */
  const compare = (key: string): void => {
    const [tenantId = '', siteId = '', listId = '', itemId = ''] = key.split('|');
    const [index, life] = [items.get(key), owners.lives.get(key)];
    if (!owns(tenantId)) return;
    const list = listKey({ tenantId, siteId, listId });
    if (isOrphan(index) && owners.records.has(key))
      ctx.enqueue(list, () => tellLateDelete(list, itemId, parts), tenantId);
    else if (life !== undefined && isBehind(index, life))
      ctx.enqueue(list, () => lookAgainAt(list, parts), tenantId);
    else if (index?.deleted === false && owners.isLeft(key, index.recordId))
      ctx.enqueue(list, () => tellLeft(list, itemId, parts), tenantId);
  };
  ctx.table(topics.mappings).onChange((_key, mapping) => {
    for (const key of owners.note(mapping)) compare(key);
  });
  ctx.onAssigned(() => {
    restored = true;
    schedule.forget();
    for (const [key] of items.entries()) compare(key);
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
}
