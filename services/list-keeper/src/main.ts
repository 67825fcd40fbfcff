import { SyncError, drop, topics } from '@sync/core';
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
    const lists = createLedger(topics.lists, ctx.store(topics.lists), send);
    const subscriptions = createLedger(topics.subscriptions, ctx.store(topics.subscriptions), send);
    const owns = (): boolean => ctx.owns(topics.config, '');
    // The records themselves are read as a table; being given them says that this instance is the one.
    const member = { process: async () => drop('read-as-table') };
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
    const parts = { owns, agenda, checkMs, configs, metadata, lists, sitesOf, now, log, metrics };
    configs.onChange((workspaceId) => agenda.hurry(`${workspaceId}|`));
    metadata.onChange((workspaceId) => agenda.hurry(`${workspaceId}|`));
    ctx.every(config.tickMs, 'keep-lists', () => keepLists(parts));

    const { publicUrl, clientStateSecret: secret } = config;
    if (publicUrl === undefined) return member;
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
    return member;
  },
});
