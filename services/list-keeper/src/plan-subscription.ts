/** Compares the subscriptions that Graph has with the one a list should have. */
import type { Subscription } from '@sync/core';

/** A subscription as Graph tells it; it never tells the clientState. */
export interface ActualSubscription {
  readonly id: string;
  /** `sites/…/lists/…`, without a leading slash. */
  readonly resource: string;
  readonly notificationUrl: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface WantedSubscription {
  readonly resource: string;
  readonly notificationUrl: string;
  readonly clientStateSha256: string;
  readonly lifeMs: number;
}

/** `surplus` subscriptions are ours and to be deleted once the wanted one stands. */
export interface SubscriptionPlan {
  readonly action:
    | { readonly kind: 'keep' | 'renew'; readonly subscription: ActualSubscription }
    | { readonly kind: 'create' };
  readonly surplus: readonly string[];
}

/** The longest life Graph allows on a list, less an hour for clocks that differ; minutes. Source: Graph, subscription. */
const LONGEST_MINUTES = 42_300 - 60;

/** Life of a subscription, milliseconds. */
export function lifeOf(minutes: number): number {
  return Math.min(minutes, LONGEST_MINUTES) * 60_000;
}

/**
 * Keeps the subscription that we know to carry the wanted clientState, renews it when less than half of its life is
 * left, and makes a new one when there is none: one that Graph has and we do not know may carry any clientState.
 */
export function planSubscription(
  wanted: WantedSubscription,
  known: Subscription | undefined,
  actual: readonly ActualSubscription[],
  now: number,
): SubscriptionPlan {
  const ours = actual.filter((one) => isOurs(one, wanted, known));
  const good = ours.find((one) => isGood(one, wanted, known, now));
  const surplus = ours.filter((one) => one !== good).map(({ id }) => id);
  if (good === undefined) return { action: { kind: 'create' }, surplus };
  const kind = good.expiresAt - now < wanted.lifeMs / 2 ? 'renew' : 'keep';
  return { action: { kind, subscription: good }, surplus };
}

/** Another installation may have subscriptions on the same list, with another address. */
function isOurs(
  one: ActualSubscription,
  wanted: WantedSubscription,
  known: Subscription | undefined,
): boolean {
  if (one.id === known?.subscriptionId) return true;
  return isOn(one, wanted) && one.notificationUrl === wanted.notificationUrl;
}

function isGood(
  one: ActualSubscription,
  wanted: WantedSubscription,
  known: Subscription | undefined,
  now: number,
): boolean {
  if (one.id !== known?.subscriptionId || known.clientStateSha256 !== wanted.clientStateSha256) return false;
  return isOn(one, wanted) && one.notificationUrl === wanted.notificationUrl && one.expiresAt > now;
}

function isOn(one: ActualSubscription, wanted: WantedSubscription): boolean {
  return one.resource.toLowerCase() === wanted.resource.toLowerCase();
}
