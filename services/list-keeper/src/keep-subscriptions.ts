/** Looks after the subscription of every bound list that is due. */
import { bindingKey } from '@sync/core';
import type { ListBinding, Subscription, WorkspaceConfig } from '@sync/core';
import { listSubscriptions } from '@sync/graph';
import type { GraphClient } from '@sync/graph';
import { keepSubscription } from './keep-subscription.ts';
import type { SubscriptionParts } from './keep-subscription.ts';
import type { ListParts } from './keep-lists.ts';
import type { Ledger } from './ledger.ts';
import { settle } from './settle.ts';
import type { Setback } from './settle.ts';
import { byApplication } from './targets.ts';

export interface SubscriberParts extends ListParts {
  readonly subscriptions: Ledger<Subscription>;
  readonly clientOf: (workspace: WorkspaceConfig) => GraphClient;
  readonly notificationUrl: string;
  readonly secret: string;
  readonly lifeMs: number;
}

interface DueBinding {
  readonly key: string;
  readonly binding: ListBinding;
}

/** Graph refuses while the receiver is not reachable, which often is a matter of seconds. */
const REFUSED_WAIT_MS = 10_000;

/** Graph is asked once per application for the subscriptions that exist. */
export async function keepSubscriptions(parts: SubscriberParts): Promise<void> {
  const workspaces = [...parts.configs.entries()].map(([, config]) => config);
  await Promise.all(byApplication(workspaces).map((group) => keepGroup(group, parts)));
}

async function keepGroup(group: readonly WorkspaceConfig[], parts: SubscriberParts): Promise<void> {
  const due = group.flatMap((workspace) => dueBindings(workspace, parts));
  const [first] = group;
  if (first === undefined || due.length === 0) return;
  for (const { key } of due) parts.agenda.putOff(key, parts.now() + parts.checkMs);
  const result = await settle(() => subscribe(due, parts.clientOf(first), parts));
  if (result !== undefined) for (const { key } of due) putOff(key, result, parts);
}

function dueBindings(
  workspace: WorkspaceConfig,
  { owns, lists, agenda, now }: SubscriberParts,
): DueBinding[] {
  if (!owns()) return [];
  const { workspaceId, objects } = workspace;
  return objects.flatMap(({ name }) => {
    const key = bindingKey({ workspaceId, object: name });
    const binding = lists.get(key);
    return binding !== undefined && agenda.isDue(key, now()) ? [{ key, binding }] : [];
  });
}

async function subscribe(
  due: readonly DueBinding[],
  client: GraphClient,
  parts: SubscriberParts,
): Promise<undefined> {
  const actual = await listSubscriptions(client, 0);
  for (const { key, binding } of due) {
    if (!parts.owns()) return;
    const known = parts.subscriptions.get(key);
    const refusal = await keepSubscription(binding, known, actual, partsFor(key, client, parts));
    if (refusal !== null) putOff(key, { ...refusal, waitMs: REFUSED_WAIT_MS }, parts);
  }
}

function partsFor(key: string, client: GraphClient, parts: SubscriberParts): SubscriptionParts {
  const { notificationUrl, secret, lifeMs, metrics, subscriptions } = parts;
  return {
    client,
    notificationUrl,
    secret,
    lifeMs,
    now: parts.now(),
    onAction: (action) => metrics.count('sync_subscription_actions_total', { action }),
    publish: async (subscription) => {
      await subscriptions.publish(key, subscription);
    },
  };
}

function putOff(
  key: string,
  { kind, message, waitMs }: Setback,
  { agenda, now, metrics, log }: SubscriberParts,
): void {
  agenda.putOff(key, now() + waitMs);
  metrics.count('sync_subscription_actions_total', { action: kind });
  log.warn(
    { binding: key, reason: message },
    'No subscription now; the list is read by time, and this is tried again.',
  );
}
