import { errorOf } from '../answers/error-of.ts';
import { idIn, objectOf, textIn } from '../answers/json.ts';
import { COST } from '../budget/costs.ts';
import type { GraphCall, GraphClient, GraphReply, ListRef, Urgency } from '../port.ts';
import { readAll } from './pages.ts';
import { listPath, segment } from './paths.ts';
import { expectOk } from './refused.ts';

/** The longest life of a subscription on a list, milliseconds: 42,300 minutes. Source: Graph, subscription resource. */
export const MAX_SUBSCRIPTION_MS = 42_300 * 60_000;

/** A subscription; `resource` without a leading slash, times in epoch milliseconds. */
export interface GraphSubscription {
  readonly id: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expiresAt: number;
}

/** What to ask for; the URLs must be https and answer Graph's handshake within 10 s, while the request is running. */
export interface SubscriptionRequest {
  readonly list: ListRef;
  readonly notificationUrl: string;
  readonly lifecycleUrl: string;
  /** Secret that comes back in each notification, at most 128 characters. */
  readonly clientState: string;
  readonly expiresAt: number;
}

/** `gone`: there is no such subscription (any more). `refused`: for instance the handshake failed. */
export type SubscriptionResult =
  | { readonly kind: 'ok'; readonly subscription: GraphSubscription }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string };

/** The `resource` of a list's subscription. */
export function subscriptionResource(list: ListRef): string {
  return listPath(list).slice(1);
}

/** Subscribes to a list. Graph accepts a second subscription on the same list: list them first. */
export async function createSubscription(
  client: GraphClient,
  request: SubscriptionRequest,
  urgency: Urgency = 1,
): Promise<SubscriptionResult> {
  const body = {
    changeType: 'updated',
    notificationUrl: request.notificationUrl,
    lifecycleNotificationUrl: request.lifecycleUrl,
    resource: subscriptionResource(request.list),
    expirationDateTime: new Date(request.expiresAt).toISOString(),
    clientState: request.clientState,
    latestSupportedTlsVersion: 'v1_2',
  };
  return resultOf(
    await client.send({ method: 'POST', path: '/subscriptions', body, units: COST.write }, urgency),
  );
}

/** All subscriptions of this application. */
export async function listSubscriptions(
  client: GraphClient,
  urgency: Urgency = 1,
): Promise<GraphSubscription[]> {
  const found: GraphSubscription[] = [];
  const elements = readAll(client, '/subscriptions', 'read the subscriptions', urgency);
  for await (const json of elements) found.push(parseSubscription(json));
  return found;
}

/** Moves the end of a subscription; this also re-authorizes it. */
export async function renewSubscription(
  client: GraphClient,
  id: string,
  expiresAt: number,
  urgency: Urgency = 1,
): Promise<SubscriptionResult> {
  const body = { expirationDateTime: new Date(expiresAt).toISOString() };
  return resultOf(await client.send({ ...callOf('PATCH', id), body }, urgency));
}

/** Ends a subscription; one that is gone already is fine. */
export async function deleteSubscription(
  client: GraphClient,
  id: string,
  urgency: Urgency = 1,
): Promise<void> {
  const reply = await client.send(callOf('DELETE', id), urgency);
  if (reply.status !== 404) expectOk(reply, 'delete a subscription');
}

/** Answers a `reauthorizationRequired`; false when the subscription is gone. */
export async function reauthorize(client: GraphClient, id: string, urgency: Urgency = 1): Promise<boolean> {
  const reply = await client.send(callOf('POST', id, '/reauthorize'), urgency);
  if (reply.status === 404) return false;
  expectOk(reply, 're-authorize a subscription');
  return true;
}

function callOf(method: GraphCall['method'], id: string, action = ''): GraphCall {
  return { method, path: `/subscriptions/${segment(id)}${action}`, units: COST.write };
}

function resultOf(reply: GraphReply): SubscriptionResult {
  if (reply.status < 300) return { kind: 'ok', subscription: parseSubscription(reply.body) };
  if (reply.status === 404) return { kind: 'gone' };
  const { code, message } = errorOf(reply);
  return { kind: 'refused', status: reply.status, code, message };
}

function parseSubscription(json: unknown): GraphSubscription {
  const subscription = objectOf(json);
  return {
    id: idIn(subscription),
    resource: textIn(subscription, 'resource').replace(/^\//, ''),
    notificationUrl: textIn(subscription, 'notificationUrl'),
    expiresAt: Date.parse(textIn(subscription, 'expirationDateTime')),
  };
}
