/** Decides what a notification request becomes: records for the lists that changed, and counts of what was refused. */
import { listKey, to, topics } from '@sync/core';
import type { NotificationKind, OutRecord, SharePointNotification, Subscription } from '@sync/core';
import { isClientState } from './client-state.ts';

/** What the decision looks at besides the body. */
export interface Facts {
  readonly subscriptionOf: (subscriptionId: string) => Subscription | undefined;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

export type Refusal = 'malformed-element' | 'unknown-subscription' | 'wrong-client-state';

/** `accepted` says how many elements were good; several for one list become one record. */
export type Acceptance =
  | { readonly kind: 'malformed' }
  | {
      readonly kind: 'checked';
      readonly records: readonly OutRecord[];
      readonly accepted: number;
      readonly refused: readonly Refusal[];
    };

/**
 * Reads a body. What it names is only looked up, never used: tenant, site and list come from our own subscription, so
 * a forged body leads nowhere.
 */
export function accept(body: string, facts: Facts): Acceptance {
  const elements = elementsOf(body);
  if (elements === null) return { kind: 'malformed' };
  const verdicts = elements.map((element) => check(element, facts));
  const good = verdicts.filter((verdict) => typeof verdict !== 'string');
  return {
    kind: 'checked',
    records: onePerList(good),
    accepted: good.length,
    refused: verdicts.filter((verdict) => typeof verdict === 'string'),
  };
}

function check(element: unknown, { subscriptionOf, receivedAt }: Facts): SharePointNotification | Refusal {
  if (!isObject(element)) return 'malformed-element';
  const { subscriptionId, clientState, lifecycleEvent } = element;
  if (typeof subscriptionId !== 'string' || typeof clientState !== 'string') return 'malformed-element';
  const subscription = subscriptionOf(subscriptionId);
  if (subscription === undefined) return 'unknown-subscription';
  if (!isClientState(clientState, subscription.clientStateSha256)) return 'wrong-client-state';
  const { tenantId, siteId, listId } = subscription;
  return { tenantId, siteId, listId, subscriptionId, kind: kindOf(lifecycleEvent), receivedAt };
}

/** `missed` and `subscriptionRemoved` are not promised for lists; should they come, reading the list is right. */
function kindOf(lifecycleEvent: unknown): NotificationKind {
  return lifecycleEvent === 'reauthorizationRequired' ? 'reauthorizationRequired' : 'changed';
}

function onePerList(notifications: readonly SharePointNotification[]): OutRecord[] {
  const last = new Map<string, OutRecord>();
  for (const notification of notifications) {
    const key = listKey(notification);
    const record = to(topics.notifications, key, notification, notification.tenantId);
    last.set(`${notification.kind}|${key}`, record);
  }
  return [...last.values()];
}

function elementsOf(body: string): readonly unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) && Array.isArray(parsed['value']) ? parsed['value'] : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
