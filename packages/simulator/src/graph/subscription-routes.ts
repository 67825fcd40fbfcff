import { isObject } from '../lists/facet.ts';
import { wholeSeconds } from '../lists/timestamp.ts';
import { shakeHands } from '../notify/handshake.ts';
import type { Simulator } from '../simulator.ts';
import type { Subscription } from '../state/model.ts';
import { guidFrom } from './actor-payload.ts';
import { reply } from './call.ts';
import type { GraphCall, Handler, Route } from './call.ts';
import { isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { readExpiration, readSubscription } from './subscription-request.ts';

const createSubscription: Handler = async (simulator, call) => {
  const { tenantId, app } = call.caller;
  const request = readSubscription(simulator.state, tenantId, call.body, simulator.now());
  if (isRefusal(request)) return request;
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${call.requestId}`;
  for (const url of [request.notificationUrl, request.lifecycleNotificationUrl]) {
    const failed = url === null ? null : await shakeHands(simulator.deliver, url, token);
    if (failed !== null) return failed;
  }
  const notifiedSeq = simulator.state.lists.get(request.listId)?.seq ?? 0;
  const id = simulator.newId();
  const subscription: Subscription = { id, tenantId, applicationId: app.id, ...request, notifiedSeq };
  simulator.commit([{ t: 'subscription', subscription }]);
  return reply(201, { '@odata.context': entityContext(call), ...subscriptionBody(subscription) });
};

const readSubscriptions: Handler = (simulator, call) => {
  const own = [...simulator.state.subscriptions.values()].filter((one) => isOwn(simulator, call, one));
  const context = `${call.base}/$metadata#subscriptions`;
  return reply(200, { '@odata.context': context, value: own.map(subscriptionBody) });
};

const readOneSubscription: Handler = (simulator, call, params) => {
  const found = findSubscription(simulator, call, params['id']);
  if (isRefusal(found)) return found;
  return reply(200, { '@odata.context': entityContext(call), ...subscriptionBody(found) });
};

const renew: Handler = (simulator, call, params) => {
  const found = findSubscription(simulator, call, params['id']);
  if (isRefusal(found)) return found;
  const wanted = isObject(call.body) ? call.body['expirationDateTime'] : undefined;
  const expiresAt = readExpiration(wanted, simulator.now());
  if (isRefusal(expiresAt)) return expiresAt;
  const subscription = { ...found, expiresAt };
  simulator.commit([{ t: 'subscription', subscription }]);
  return reply(200, { '@odata.context': entityContext(call), ...subscriptionBody(subscription) });
};

const reauthorize: Handler = (simulator, call, params) => {
  const found = findSubscription(simulator, call, params['id']);
  return isRefusal(found) ? found : reply(204);
};

const unsubscribe: Handler = (simulator, call, params) => {
  const found = findSubscription(simulator, call, params['id']);
  if (isRefusal(found)) return found;
  simulator.commit([{ t: 'unsubscribed', id: found.id }]);
  return reply(204);
};

/** Their price in resource units is not documented; they are charged like other reads and writes. */
export const subscriptionRoutes: readonly Route[] = [
  { method: 'POST', path: '/subscriptions', cost: 2, run: createSubscription },
  { method: 'GET', path: '/subscriptions', cost: 2, run: readSubscriptions },
  { method: 'GET', path: '/subscriptions/:id', cost: 1, run: readOneSubscription },
  { method: 'PATCH', path: '/subscriptions/:id', cost: 2, run: renew },
  { method: 'DELETE', path: '/subscriptions/:id', cost: 2, run: unsubscribe },
  { method: 'POST', path: '/subscriptions/:id/reauthorize', cost: 2, run: reauthorize },
];

function findSubscription(
  simulator: Simulator,
  call: GraphCall,
  id: string | undefined,
): Subscription | Refusal {
  const found = simulator.state.subscriptions.get(id ?? '');
  if (found !== undefined && isOwn(simulator, call, found)) return found;
  return refuse(404, 'ResourceNotFound', 'The object was not found.');
}

function isOwn(simulator: Simulator, call: GraphCall, subscription: Subscription): boolean {
  const { tenantId, app } = call.caller;
  const alive = subscription.expiresAt > simulator.now();
  return alive && subscription.tenantId === tenantId && subscription.applicationId === app.id;
}

const entityContext = (call: GraphCall): string => `${call.base}/$metadata#subscriptions/$entity`;

/** `clientState` is a secret of the receiver and is never shown again. */
function subscriptionBody(subscription: Subscription): object {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: 'updated',
    clientState: null,
    notificationUrl: subscription.notificationUrl,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: wholeSeconds(subscription.expiresAt),
    creatorId: guidFrom(`creator ${subscription.applicationId}`),
    includeResourceData: null,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationQueryOptions: null,
    notificationUrlAppId: null,
  };
}
