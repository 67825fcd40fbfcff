import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import { originOf } from '../authority/authority-routes.ts';
import { callerOf } from '../authority/bearer.ts';
import { wholeSeconds } from '../lists/timestamp.ts';
import type { Simulator } from '../simulator.ts';
import { answer } from './answer.ts';
import type { GraphReply } from './call.ts';
import { badRequest, errorBody, isRefusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'Simulator', Slice: 'E', Ring: '1', ScaleUnit: '000', RoleInstance: 'SIM' },
});

/** The Graph API over HTTP, to be mounted at `/v1.0`. */
export function graphRoutes(simulator: Simulator, key: Buffer): Router {
  const router = express.Router();
  router.use(express.json({ limit: '4mb', strict: false }));
  router.use(async (request: Request, response: Response) => {
    const ids = idsOf(simulator, request);
    await trip(simulator);
    const caller = callerOf(simulator.state, request.get('authorization'), key, simulator.now());
    const [path = '', search = ''] = request.url.split(/\?(.*)/s);
    const reply = isRefusal(caller)
      ? refused(caller, ids)
      : await answer(simulator, {
          ...ids,
          method: request.method,
          path,
          query: new URLSearchParams(search),
          headers: headersOf(request),
          body: request.body as unknown,
          caller,
          base: `${originOf(request)}/v1.0`,
        });
    await trip(simulator);
    send(response, reply, ids);
  });
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const status = statusOf(error);
    if (status === null) return next(error);
    const ids = idsOf(simulator, request);
    send(response, refused({ ...badRequest('Unable to read JSON request payload.'), status }, ids), ids);
  });
  return router;
}

/** Half of the round trip before the work, half after it, so that an answer can get lost in between. */
async function trip(simulator: Simulator): Promise<void> {
  if (simulator.knobs.latencyMs > 0) await sleep(simulator.knobs.latencyMs / 2);
}

type Ids = Parameters<typeof errorBody>[1];

function idsOf(simulator: Simulator, request: Request): Ids {
  const requestId = simulator.newId();
  const clientRequestId = request.get('client-request-id') ?? requestId;
  return { requestId, clientRequestId, date: wholeSeconds(simulator.now()).slice(0, 19) };
}

function headersOf(request: Request): Record<string, string | undefined> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}

const refused = (refusal: Refusal, ids: Ids): GraphReply => ({
  status: refusal.status,
  headers: refusal.headers ?? {},
  body: errorBody(refusal, ids),
});

/** Status of an error the body parser raised; null for a bug of ours. */
function statusOf(error: unknown): number | null {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  return typeof status === 'number' && status < 500 ? status : null;
}

function send(response: Response, reply: GraphReply, ids: Ids): void {
  response.status(reply.status).set({
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
    'x-ms-ags-diagnostic': DIAGNOSTIC,
    'Cache-Control': 'no-store',
    ...reply.headers,
  });
  if (reply.body === undefined) {
    response.end();
    return;
  }
  response.setHeader('Content-Type', JSON_TYPE);
  response.end(JSON.stringify(reply.body));
}
