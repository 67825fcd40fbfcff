/** Makes one list have exactly one subscription of ours. */
import { listKey } from '@sync/core';
import type { ListBinding, Subscription } from '@sync/core';
import { createSubscription, deleteSubscription, renewSubscription, subscriptionResource } from '@sync/graph';
import type { GraphClient, SubscriptionResult } from '@sync/graph';
import { clientStateOf } from './client-state.ts';
import { planSubscription } from './plan-subscription.ts';
import type { ActualSubscription } from './plan-subscription.ts';

export interface SubscriptionParts {
  readonly client: GraphClient;
  readonly notificationUrl: string;
  readonly secret: string;
  readonly lifeMs: number;
  readonly now: number;
  readonly onAction: (action: 'keep' | 'renew' | 'create' | 'delete') => void;
  /** Makes a subscription known to the receiver; resolves when that is acknowledged. */
  readonly publish: (subscription: Subscription) => Promise<void>;
}

type Refused = Extract<SubscriptionResult, { kind: 'refused' }>;
type Made = Extract<SubscriptionResult, { kind: 'ok' | 'refused' }>;

const URGENCY = 0;

/**
 * The new subscription is published before the old ones are deleted, so at every moment one works. Returns the
 * refusal when Graph would not have it: timed reads go on without.
 */
export async function keepSubscription(
  binding: ListBinding,
  known: Subscription | undefined,
  actual: readonly ActualSubscription[],
  parts: SubscriptionParts,
): Promise<Refused | null> {
  const { notificationUrl, lifeMs, now, onAction } = parts;
  const { value: clientState, sha256: clientStateSha256 } = clientStateOf(parts.secret, listKey(binding));
  const wanted = { resource: subscriptionResource(binding), notificationUrl, clientStateSha256, lifeMs };
  const { action, surplus } = planSubscription(wanted, known, actual, now);
  const made = await act(action, binding, clientState, parts);
  if (made.kind === 'refused') return made;
  const { workspaceId, object, tenantId, siteId, listId } = binding;
  const { id: subscriptionId, expiresAt } = made.subscription;
  await parts.publish({
    workspaceId,
    object,
    tenantId,
    siteId,
    listId,
    subscriptionId,
    clientStateSha256,
    expiresAt,
  });
  for (const id of surplus) {
    await deleteSubscription(parts.client, id, URGENCY);
    onAction('delete');
  }
  return null;
}

async function act(
  action: ReturnType<typeof planSubscription>['action'],
  binding: ListBinding,
  clientState: string,
  parts: SubscriptionParts,
): Promise<Made> {
  parts.onAction(action.kind);
  if (action.kind === 'create') return create(binding, clientState, parts);
  if (action.kind === 'keep') return { kind: 'ok', subscription: action.subscription };
  const until = parts.now + parts.lifeMs;
  const renewed = await renewSubscription(parts.client, action.subscription.id, until, URGENCY);
  return renewed.kind === 'gone' ? create(binding, clientState, parts) : renewed;
}

async function create(list: ListBinding, clientState: string, parts: SubscriptionParts): Promise<Made> {
  const { notificationUrl, now, lifeMs } = parts;
  const request = {
    list,
    notificationUrl,
    lifecycleUrl: notificationUrl,
    clientState,
    expiresAt: now + lifeMs,
  };
  const result = await createSubscription(parts.client, request, URGENCY);
  if (result.kind !== 'gone') return result;
  return { kind: 'refused', status: 404, code: 'itemNotFound', message: 'there is no such list' };
}
