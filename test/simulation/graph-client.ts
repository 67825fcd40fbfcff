/** The Graph port over the simulated lists, on a network that throttles, fails, loses answers and delivers late. */
import { SyncError } from '@sync/core';
import type { GraphCall, GraphClient, GraphReply } from '@sync/graph';
import type { Chaos } from './chaos.ts';
import { WORLD } from './clock.ts';
import { answerOf } from './graph-server.ts';
import type { SharePoint } from './sharepoint.ts';

export function simGraphClient(sharepoint: SharePoint, chaos: Chaos): GraphClient {
  return {
    send: async (call) => {
      const reply = await travel(sharepoint, chaos, call);
      if (reply instanceof Error) throw reply;
      return reply;
    },
    batch: (calls) => together(sharepoint, chaos, calls),
  };
}

/** The members of a batch are carried out in any order, and each fails alone. */
async function together(
  sharepoint: SharePoint,
  chaos: Chaos,
  calls: readonly GraphCall[],
): Promise<(GraphReply | Error)[]> {
  if (chaos.strikes('batch refused', 0.02)) throw unavailable('the batch was refused');
  return Promise.all(calls.map((call) => travel(sharepoint, chaos, call)));
}

function travel(sharepoint: SharePoint, chaos: Chaos, call: GraphCall): Promise<GraphReply | Error> {
  const { clock } = chaos;
  const { owner } = clock;
  return new Promise((resolve) => {
    const answer = (reply: GraphReply | Error): void =>
      void clock.after(chaos.delay(40, 600), () => resolve(reply), owner);
    const land = (): void => {
      const refused = refusedBefore(chaos);
      if (refused !== null) return answer(refused);
      const reply = answerOf(sharepoint, chaos, call);
      const changes = call.method !== 'GET';
      if (changes && owner.onCarriedOut) return owner.onCarriedOut();
      if (changes && chaos.strikes('5xx after commit', 0.03))
        return answer(unavailable('Graph answered 500'));
      if (changes && chaos.strikes('answer lost', 0.03)) return answer(unavailable('no answer'));
      answer(reply);
    };
    const late = call.method !== 'GET' && chaos.strikes('request carried out after it was given up', 0.015);
    if (late) answer(unavailable('timed out'));
    clock.after(late ? chaos.random.between(300, 4000) : chaos.delay(60, 800), land, WORLD);
  });
}

function refusedBefore(chaos: Chaos): Error | null {
  if (chaos.strikes('429', 0.03))
    return new SyncError('GRAPH_THROTTLED', 'Graph answered 429.', {
      retryAfterMs: chaos.random.between(500, 4000),
    });
  if (chaos.strikes('503', 0.02)) return new SyncError('GRAPH_THROTTLED', 'Graph answered 503.');
  return chaos.strikes('5xx before', 0.02) ? unavailable('Graph answered 502') : null;
}

function unavailable(message: string): SyncError {
  return new SyncError('GRAPH_UNAVAILABLE', message);
}
