import { allTopics, topics } from '@sync/core';
import type { WriteResult } from '@sync/core';
import { openClient } from '@sync/runtime';
import type { Client } from '@sync/runtime';
import { topologies } from '../topologies.ts';
import type { LiveView } from './live-view.ts';
import type { SeenChange } from './model.ts';

const LAG_EVERY_MS = 2_000;

/** Tells the view of every answered write, and of the records that wait. Returns what ends it. */
export async function watchChanges(
  view: LiveView,
  env: Readonly<Record<string, string>>,
): Promise<() => Promise<void>> {
  const client = await openClient({
    brokers: (env['SYNC_KAFKA_BROKERS'] ?? '').split(','),
    registryUrl: env['SYNC_REGISTRY_URL'] ?? '',
    clientId: 'live-view',
  });
  const show = ({ value }: { readonly value: WriteResult | null }): void => {
    const change = value === null ? null : seenChange(value);
    if (change !== null) view.recordChange(change);
  };
  await client.follow(topics.sharepointResults, show);
  await client.follow(topics.twentyResults, show);
  const timer = setInterval(() => void tellLag(client, view), LAG_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await client.close();
  };
}

/** A write that happened, with the time since the change that caused it. */
export function seenChange(result: WriteResult): SeenChange | null {
  if (result.kind !== 'written') return null;
  return {
    direction: result.side === 'sharepoint' ? 'twenty → sharepoint' : 'sharepoint → twenty',
    object: result.object,
    key: result.recordId,
    latencyMs: result.changedAt === null ? null : Math.max(0, result.answeredAt - result.changedAt),
    at: new Date(result.answeredAt),
  };
}

async function tellLag(client: Client, view: LiveView): Promise<void> {
  const known = new Set(allTopics().map((topic) => topic.name));
  const groups = topologies.filter(
    (one) => one.reads.length > 0 && one.reads.every((topic) => known.has(topic.name)),
  );
  const lags = await Promise.all(groups.map((one) => client.lag(`sync.${one.name}`, one.reads)));
  view.setLag(lags.flat().reduce((sum, { lag }) => sum + Number(lag), 0));
}
