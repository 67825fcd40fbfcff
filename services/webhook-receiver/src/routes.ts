/** The HTTP side: answers the handshake, takes notifications, and says 202 only when Kafka has them. */
import { SyncError, reactionTo } from '@sync/core';
import type { OutRecord, Subscription } from '@sync/core';
import express from 'express';
import type { ErrorRequestHandler, Express, Request, Response } from 'express';
import { accept } from './accept.ts';
import type { ReceiverMetrics } from './metrics.ts';

export interface ReceiverParts {
  readonly bodyLimitBytes: number;
  /** False until all subscriptions are known: what comes earlier must come again. */
  readonly isReady: () => boolean;
  readonly subscriptionOf: (subscriptionId: string) => Subscription | undefined;
  readonly send: (records: readonly OutRecord[]) => Promise<void>;
  readonly now: () => number;
  readonly log: { warn(detail: object, message: string): void };
  readonly metrics: Pick<ReceiverMetrics, 'count'>;
}

export const NOTIFICATIONS_PATH = '/graph/notifications';

const LONGEST_TOKEN = 4096;

export function addRoutes(http: Express, parts: ReceiverParts): void {
  // A compressed body could be far larger than it looks.
  const readText = express.text({ type: () => true, limit: parts.bodyLimitBytes, inflate: false });
  http.post(NOTIFICATIONS_PATH, answerHandshake, readText, (request, response) =>
    take(request, response, parts),
  );
  http.use(NOTIFICATIONS_PATH, refuseBody(parts));
}

/** Graph creates a subscription only if its token comes back as plain text within 10 s. */
function answerHandshake(request: Request, response: Response, next: () => void): void {
  const token = request.query['validationToken'];
  if (token === undefined) {
    next();
    return;
  }
  if (typeof token !== 'string' || token.length > LONGEST_TOKEN) return void response.sendStatus(400);
  response.status(200).type('text/plain').set('X-Content-Type-Options', 'nosniff').send(token);
}

async function take(request: Request, response: Response, parts: ReceiverParts): Promise<void> {
  if (!parts.isReady()) {
    comeAgain(response);
    return;
  }
  const body: unknown = request.body;
  const acceptance = accept(typeof body === 'string' ? body : '', {
    subscriptionOf: parts.subscriptionOf,
    receivedAt: parts.now(),
  });
  if (acceptance.kind === 'malformed') {
    parts.metrics.count('sync_notification_bodies_refused_total', { reason: 'malformed' });
    return void response.sendStatus(400);
  }
  for (const refusal of acceptance.refused)
    parts.metrics.count('sync_notifications_total', { outcome: refusal });
  if (!(await sent(acceptance.records, parts))) {
    comeAgain(response);
    return;
  }
  parts.metrics.count('sync_notifications_total', { outcome: 'accepted' }, acceptance.accepted);
  // The same answer whether something was refused or not: nobody learns which guess was right.
  response.sendStatus(202);
}

async function sent(records: readonly OutRecord[], { send, log }: ReceiverParts): Promise<boolean> {
  if (records.length === 0) return true;
  try {
    await send(records);
    return true;
  } catch (error) {
    if (!(error instanceof SyncError) || reactionTo(error) !== 'wait') throw error;
    log.warn({ code: error.code }, 'The notification could not be passed on; Graph will send it again.');
    return false;
  }
}

function comeAgain(response: Response): void {
  response.set('Retry-After', '10').sendStatus(503);
}

/** Bodies that were not read: too large, cut off, or compressed. Anything else is a fault of ours. */
function refuseBody({ metrics }: ReceiverParts): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status !== 'number' || status < 400 || status > 499) {
      next(error);
      return;
    }
    const reason = status === 413 ? 'too-large' : 'other';
    metrics.count('sync_notification_bodies_refused_total', { reason });
    response.sendStatus(status);
  };
}
