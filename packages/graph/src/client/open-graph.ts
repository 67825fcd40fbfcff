import { SyncError } from '@sync/core';
import { createGate, systemSchedule } from '../budget/gate.ts';
import type { GraphCall, GraphClient, GraphReply, Urgency } from '../port.ts';
import { answersIn, batchBody, chunksOf } from './batch-wire.ts';
import { openExchange } from './exchange.ts';
import type { Request } from './exchange.ts';
import { judge } from './judge.ts';
import type { ClientOptions } from './options.ts';
import { openRoot } from './root.ts';

export type { ClientOptions } from './options.ts';

const PATIENCE_MS = 30_000;

/**
 * The client of one tenant. Nothing is retried here but a refused token: whoever calls knows whether a repeated
 * request would do harm. Throws CONFIG_INVALID when the root is not a safe address.
 */
export function openGraph(options: ClientOptions): GraphClient {
  const { budget, now, elapsed = now } = options;
  const root = openRoot(options.rootUrl);
  const exchange = openExchange(options);
  const gate = createGate({
    budget,
    now: elapsed,
    schedule: options.schedule ?? systemSchedule,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
  });

  async function pass(request: Request, units: number, urgency: Urgency): Promise<GraphReply> {
    await gate.enter(units, urgency);
    const reply = await exchange(request);
    budget.observe(reply.headers, elapsed());
    return reply;
  }

  /** Every throttled answer closes the budget, whether it came alone or in a batch. */
  function settle(reply: GraphReply, what: string): GraphReply | SyncError {
    const error = judge(reply, what, now());
    if (error?.code === 'GRAPH_THROTTLED') budget.hold(elapsed() + (error.retryAfterMs ?? 0));
    return error ?? reply;
  }

  async function send(call: GraphCall, urgency: Urgency): Promise<GraphReply> {
    const { method, body } = call;
    const headers = call.ifMatch === undefined ? {} : { 'If-Match': call.ifMatch };
    const reply = await pass({ method, url: root.urlOf(call.path), headers, body }, call.units, urgency);
    const settled = settle(reply, nameOf(call));
    if (settled instanceof SyncError) throw settled;
    return settled;
  }

  async function sendChunk(
    calls: readonly GraphCall[],
    urgency: Urgency,
  ): Promise<(GraphReply | SyncError)[]> {
    const units = calls.reduce((sum, call) => sum + call.units, 0);
    const body = batchBody(calls, root.pathOf);
    const reply = await pass(
      { method: 'POST', url: root.urlOf('/$batch'), headers: {}, body },
      units,
      urgency,
    );
    const answers = answersIn(reply);
    if (answers === null) return calls.map(() => wholeBatchFailed(settle(reply, 'sending a batch')));
    if ([...answers.values()].some(({ status }) => status === 401))
      options.token.drop(await options.token.get());
    return calls.map((call, place) => {
      const answer = answers.get(String(place + 1));
      return answer === undefined ? unanswered(call) : settle(answer, nameOf(call));
    });
  }

  async function batch(calls: readonly GraphCall[], urgency: Urgency): Promise<(GraphReply | Error)[]> {
    const replies: (GraphReply | Error)[] = [];
    for (const chunk of chunksOf(calls, budget.largest(urgency))) {
      // An outage of a later part must not hide the answers of an earlier one.
      replies.push(
        ...(await sendChunk(chunk, urgency).catch((error: unknown) => chunk.map(() => outage(error)))),
      );
    }
    return replies;
  }

  return { send, batch };
}

/** For logs: the query may hold values of customers, so it is left out. */
function nameOf({ method, path }: GraphCall): string {
  return `${method} ${path.split('?')[0] ?? ''}`;
}

function outage(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  throw error;
}

function wholeBatchFailed(settled: GraphReply | SyncError): SyncError {
  if (settled instanceof SyncError) return settled;
  throw new Error(
    `Graph took a batch for malformed: it answered ${settled.status}. The batch was built wrongly.`,
  );
}

function unanswered(call: GraphCall): SyncError {
  return new SyncError('GRAPH_UNAVAILABLE', `${nameOf(call)}: the batch came back without an answer to it.`);
}
