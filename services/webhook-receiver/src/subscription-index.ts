/** Finds a subscription by the id that Graph gave it. */
import type { Subscription } from '@sync/core';

interface SubscriptionTable {
  onChange(listener: (key: string, value: Subscription | undefined) => void): void;
}

/** Follows the table of subscriptions, whose key is another. */
export function indexSubscriptions(
  table: SubscriptionTable,
): (subscriptionId: string) => Subscription | undefined {
  const byId = new Map<string, Subscription>();
  const idOf = new Map<string, string>();
  table.onChange((key, value) => {
    byId.delete(idOf.get(key) ?? '');
    idOf.delete(key);
    if (value === undefined) return;
    byId.set(value.subscriptionId, value);
    idOf.set(key, value.subscriptionId);
  });
  return (subscriptionId) => byId.get(subscriptionId);
}
