import express from 'express';
import type { Request, Response, Router } from 'express';
import { lifecycleNotification } from '../notify/notification.ts';
import { meterReport } from '../graph/throttle.ts';
import { turnKnobs } from '../knobs.ts';
import type { Simulator } from '../simulator.ts';
import { addSite, changeTenant, expireDeltas, setFaults, upsertTenant } from './changes.ts';
import type { ControlReply } from './changes.ts';
import { itemControlRoutes } from './item-control.ts';
import { dump, tree } from './views.ts';

/** The control API of the page and of tests; a Graph client has no business here. */
export function controlRoutes(simulator: Simulator): Router {
  const router = express.Router();
  router.use(express.json({ limit: '4mb' }));
  router.get('/tree', (_request, response) => void response.json(tree(simulator)));
  router.get('/dump', (_request, response) => void response.json(dump(simulator.state)));
  router.get('/meter', (_request, response) => void response.json({ apps: meterReport(simulator.meter) }));
  router.delete('/meter', (_request, response) => {
    simulator.meter.windows.clear();
    simulator.meter.usage.clear();
    response.status(204).end();
  });
  router.get('/knobs', (_request, response) => void response.json(simulator.knobs));
  router.patch('/knobs', (request, response) => {
    const mistakes = turnKnobs(simulator.knobs, bodyOf(request));
    send(response, mistakes.length > 0 ? wrong(mistakes) : { status: 200, body: simulator.knobs });
  });
  router.get('/faults', (_request, response) => void response.json(simulator.faults));
  router.patch('/faults', (request, response) => send(response, setFaults(simulator, bodyOf(request))));
  router.post('/clock', (request, response) => {
    const { advanceMs } = bodyOf(request);
    if (typeof advanceMs !== 'number') return send(response, wrong(['advanceMs must be a number']));
    simulator.advanceClock(advanceMs);
    response.json({ now: new Date(simulator.now()).toISOString() });
  });
  router.post('/tenants', (request, response) => send(response, upsertTenant(simulator, bodyOf(request))));
  router.patch('/tenants/:id', (request, response) =>
    send(response, changeTenant(simulator, request.params.id, bodyOf(request))),
  );
  router.post('/sites', (request, response) => send(response, addSite(simulator, bodyOf(request))));
  router.post('/lists/:list/expire-deltas', (request, response) =>
    send(response, expireDeltas(simulator, request.params.list)),
  );
  router.post('/subscriptions/:id/reauthorization-required', async (request, response) =>
    send(response, await askReauthorization(simulator, request.params.id)),
  );
  router.use(itemControlRoutes(simulator));
  return router;
}

async function askReauthorization(simulator: Simulator, id: string): Promise<ControlReply> {
  const subscription = simulator.state.subscriptions.get(id);
  const url = subscription?.lifecycleNotificationUrl ?? null;
  if (subscription === undefined || url === null)
    return wrong([`no subscription ${id} with a lifecycle address`]);
  const body = JSON.stringify(lifecycleNotification(subscription));
  const { status } = await simulator.deliver(url, 'application/json', body);
  return { status: 200, body: { answered: status } };
}

const wrong = (mistakes: readonly string[]): ControlReply => ({ status: 400, body: { mistakes } });

export function bodyOf(request: Request): Record<string, unknown> {
  return (request.body ?? {}) as Record<string, unknown>;
}

export function send(response: Response, { status, body }: ControlReply): void {
  response.status(status).json(body);
}
