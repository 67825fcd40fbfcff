import { findList } from '../lists/lists.ts';
import { isObject } from '../lists/facet.ts';
import type { SimState } from '../state/state.ts';
import { findSite } from './locate.ts';
import { isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const MINUTE = 60_000;
/** Longest life of a list subscription: 29.375 days. */
export const MAX_MINUTES = 42_300;
const MIN_MINUTES = 45;

export interface SubscriptionRequest {
  readonly resource: string;
  readonly listId: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly expiresAt: number;
}

const invalid = (message: string): Refusal => refuse(400, 'InvalidRequest', message);

/** Reads the body of `POST /subscriptions`, without the handshake. */
export function readSubscription(
  state: SimState,
  tenantId: string,
  body: unknown,
  now: number,
): SubscriptionRequest | Refusal {
  if (!isObject(body)) return invalid('The body must be a subscription.');
  const { changeType, resource, clientState } = body;
  if (changeType !== 'updated') return invalid("Lists support changeType 'updated' only.");
  if (typeof resource !== 'string') return invalid('resource is required.');
  const listId = listOf(state, tenantId, resource);
  if (isRefusal(listId)) return listId;
  if (clientState !== undefined && (typeof clientState !== 'string' || clientState.length > 128)) {
    return invalid('clientState must be a string of at most 128 characters.');
  }
  const urls = readUrls(body);
  if (isRefusal(urls)) return urls;
  const expiresAt = readExpiration(body['expirationDateTime'], now);
  if (isRefusal(expiresAt)) return expiresAt;
  return { resource, listId, ...urls, clientState: clientState ?? null, expiresAt };
}

/** Expiration in ms; less than 45 minutes is raised to 45, more than the maximum is refused. */
export function readExpiration(value: unknown, now: number): number | Refusal {
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  if (Number.isNaN(at)) return invalid('expirationDateTime must be an ISO 8601 date.');
  if (at <= now) return invalid('expirationDateTime must be in the future.');
  if (at > now + MAX_MINUTES * MINUTE) {
    const message = `Subscription expiration can only be ${MAX_MINUTES} minutes in the future.`;
    return refuse(400, 'ExtensionError', message);
  }
  return Math.max(at, now + MIN_MINUTES * MINUTE);
}

function listOf(state: SimState, tenantId: string, resource: string): string | Refusal {
  const found = /^\/?sites\/([^/]+)\/lists\/([^/]+)$/.exec(resource);
  if (found === null) return invalid('resource must be sites/{site-id}/lists/{list-id}.');
  const site = findSite(state, tenantId, found[1] ?? '');
  if (isRefusal(site)) return site;
  const list = findList(state, site, found[2] ?? '');
  return list?.info.id ?? refuse(404, 'itemNotFound', 'The specified item was not found');
}

function readUrls(
  body: Record<string, unknown>,
): Pick<SubscriptionRequest, 'notificationUrl' | 'lifecycleNotificationUrl'> | Refusal {
  const { notificationUrl, lifecycleNotificationUrl = null } = body;
  if (!isAllowedUrl(notificationUrl)) return invalid('notificationUrl must be an https address.');
  if (lifecycleNotificationUrl !== null && !isAllowedUrl(lifecycleNotificationUrl)) {
    return invalid('lifecycleNotificationUrl must be an https address.');
  }
  return { notificationUrl, lifecycleNotificationUrl };
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Unlike Graph, plain http is allowed on loopback. */
function isAllowedUrl(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}
