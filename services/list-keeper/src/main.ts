import { SyncError, topics } from '@sync/core';
import { openApplications, perApplication } from '@sync/graph';
import { runService } from '@sync/runtime';
import { createAgenda } from './agenda.ts';
import { BUDGET_SHARE, options } from './config.ts';
import { openSites } from './graph-sites.ts';
import { keepLists } from './keep-lists.ts';
import { keepSubscriptions } from './keep-subscriptions.ts';
import { createLedger } from './ledger.ts';
import { KEEPER_METRICS } from './metrics.ts';
import { lifeOf } from './plan-subscription.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (ctx) => {
    const { config, log } = ctx;
    const [configs, metadata] = [ctx.table(topics.config), ctx.table(topics.twentyMetadata)];
    const [send, now] = [ctx.send.bind(ctx), ctx.now.bind(ctx)];
    const lists = createLedger(topics.lists, ctx.table(topics.lists), send);
    const subscriptions = createLedger(topics.subscriptions, ctx.table(topics.subscriptions), send);
    const metrics = ctx.metrics.extend(KEEPER_METRICS);
    const clientOf = openApplications(config, {
      service: 'list-keeper',
      share: BUDGET_SHARE,
      now: () => ctx.now(),
      secretOf: (name) => process.env[name],
    });
    const sitesOf = perApplication((application) => openSites(clientOf(application)));
    const checkMs = config.checkSeconds * 1000;
    const agenda = createAgenda();
    const parts = { agenda, checkMs, configs, metadata, lists, sitesOf, now, log, metrics };
    configs.onChange((workspaceId) => agenda.hurry(`${workspaceId}|`));
    metadata.onChange((workspaceId) => agenda.hurry(`${workspaceId}|`));
    ctx.every(config.tickMs, 'keep-lists', () => keepLists(parts));

    const { publicUrl, clientStateSecret: secret } = config;
    if (publicUrl === undefined) return {};
    if (secret === undefined) {
      throw new SyncError(
        'CONFIG_INVALID',
        'SYNC_CLIENT_STATE_SECRET is missing: it is needed with SYNC_PUBLIC_URL.',
      );
    }
    const notificationUrl = `${publicUrl}/graph/notifications`;
    const lifeMs = lifeOf(config.subscriptionMinutes);
    const subscriber = {
      ...parts,
      agenda: createAgenda(),
      clientOf,
      subscriptions,
      notificationUrl,
      secret,
      lifeMs,
    };
    ctx.every(config.tickMs, 'keep-subscriptions', () => keepSubscriptions(subscriber));
    return {};
  },
});
