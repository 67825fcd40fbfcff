/**
 * Puts writes that are ready at the same moment into one `$batch`. Nothing waits for company: what is alone goes alone,
 * so an urgent write never pays for the grouping. Two writes of one item never meet here, because the runtime handles
 * the commands of a record one after another. Reads are rare and go alone.
 */
import type { GraphCall, GraphClient, GraphReply, Urgency } from '@sync/graph';

/** Graph's limit on the members of a batch. */
const MOST_MEMBERS = 20;

interface Waiting {
  readonly call: GraphCall;
  readonly resolve: (reply: GraphReply) => void;
  readonly reject: (error: unknown) => void;
}

/** A client whose single writes are sent together; `later` runs its argument when the present tick is over. */
export function batching(client: GraphClient, later: (run: () => void) => void = setImmediate): GraphClient {
  // Apart by urgency: a patient write must not ride on the budget of an urgent one.
  const waiting = new Map<Urgency, Waiting[]>();

  function flush(): void {
    for (const [urgency, calls] of waiting) {
      for (let at = 0; at < calls.length; at += MOST_MEMBERS) {
        void sendTogether(client, calls.slice(at, at + MOST_MEMBERS), urgency);
      }
    }
    waiting.clear();
  }

  function send(call: GraphCall, urgency: Urgency): Promise<GraphReply> {
    if (call.method === 'GET') return client.send(call, urgency);
    return new Promise((resolve, reject) => {
      if (waiting.size === 0) later(flush);
      waiting.set(urgency, [...(waiting.get(urgency) ?? []), { call, resolve, reject }]);
    });
  }

  return { send, batch: (calls, urgency) => client.batch(calls, urgency) };
}

/** Never rejects: every failure belongs to the one who waits for it. */
async function sendTogether(client: GraphClient, group: readonly Waiting[], urgency: Urgency): Promise<void> {
  try {
    const replies = await answersTo(client, group, urgency);
    group.forEach((each, place) => hand(each, replies[place]));
  } catch (error) {
    for (const each of group) each.reject(error);
  }
}

async function answersTo(
  client: GraphClient,
  group: readonly Waiting[],
  urgency: Urgency,
): Promise<(GraphReply | Error)[]> {
  const [first, ...rest] = group.map((each) => each.call);
  if (first !== undefined && rest.length === 0) return [await client.send(first, urgency)];
  return client.batch(
    group.map((each) => each.call),
    urgency,
  );
}

function hand(each: Waiting, reply: GraphReply | Error | undefined): void {
  if (reply === undefined || reply instanceof Error)
    each.reject(reply ?? new Error('a batch came back with too few answers'));
  else each.resolve(reply);
}
