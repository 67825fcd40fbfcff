import type { Simulator } from '../simulator.ts';
import { answerBatch } from './batch.ts';
import type { GraphCall, GraphReply, Route } from './call.ts';
import { columnRoutes } from './column-routes.ts';
import { deltaRoutes } from './delta-routes.ts';
import { injectedBefore, lostAnswer } from './fault.ts';
import { itemRoutes } from './item-routes.ts';
import { itemsPageRoutes } from './items-page-routes.ts';
import { listRoutes } from './list-routes.ts';
import { foldSitePath } from './locate.ts';
import { badRequest, errorBody, isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { matchRoute } from './route-match.ts';
import { siteRoutes } from './site-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { charge } from './throttle.ts';

const ROUTES: readonly Route[] = [
  ...siteRoutes,
  ...listRoutes,
  ...columnRoutes,
  ...deltaRoutes,
  ...itemsPageRoutes,
  ...itemRoutes,
  ...subscriptionRoutes,
];

/** Answers one Graph request; every refusal comes out in the documented envelope. */
export async function answer(simulator: Simulator, call: GraphCall): Promise<GraphReply> {
  if (call.path !== '/$batch') return answerOne(simulator, call);
  if (call.method !== 'POST') return shown(call, methodNotAllowed(call));
  return shown(call, await answerBatch(call, (member) => answerOne(simulator, member)));
}

async function answerOne(simulator: Simulator, call: GraphCall): Promise<GraphReply> {
  const match = matchRoute(ROUTES, call.method, foldSitePath(call.path));
  if (match === 'malformed') return shown(call, badRequest('The URL is malformed.'));
  if (match === 'wrong-method') return shown(call, methodNotAllowed(call));
  if (match === 'unknown') return shown(call, unknownSegment(call));
  const { route, params } = match;
  const charged = chargeFor(simulator, call, route);
  const refused = charged.allowed ? injectedBefore(simulator.faults) : throttled(charged.headers);
  const answered = refused ?? (await route.run(simulator, call, params));
  const final = route.method === 'GET' || isRefusal(answered) ? null : lostAnswer(simulator.faults);
  const reply = shown(call, final ?? answered);
  return { ...reply, headers: { ...charged.headers, ...reply.headers } };
}

function chargeFor(simulator: Simulator, call: GraphCall, route: Route) {
  const { tenantId, app } = call.caller;
  const licences = simulator.state.tenants.get(tenantId)?.licences ?? 0;
  const cost = typeof route.cost === 'number' ? route.cost : route.cost(call);
  return charge(simulator.meter, { tenantId, appId: app.id, licences }, cost, simulator.now());
}

const throttled = (headers: Readonly<Record<string, string>>): Refusal =>
  refuse(429, 'activityLimitReached', 'The request has been throttled', {
    innerCode: 'throttledRequest',
    headers,
  });

const methodNotAllowed = (call: GraphCall): Refusal =>
  refuse(
    405,
    'Request_BadRequest',
    `Specified HTTP method is not allowed for the request target: ${call.method}`,
  );

const unknownSegment = (call: GraphCall): Refusal =>
  refuse(400, 'BadRequest', `Resource not found for the segment '${call.path.split('/')[1] ?? ''}'.`, {
    detail: `${call.method} ${call.path} is not simulated`,
  });

function shown(call: GraphCall, answered: GraphReply | Refusal): GraphReply {
  if (!isRefusal(answered)) return answered;
  return { status: answered.status, headers: answered.headers ?? {}, body: errorBody(answered, call) };
}
