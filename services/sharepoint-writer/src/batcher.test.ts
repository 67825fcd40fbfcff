import type { GraphCall, GraphClient, GraphReply } from '@sync/graph';
import { batching } from './batcher.ts';

const write = (name: string): GraphCall => ({ method: 'PATCH', path: `/${name}`, units: 2 });
const reply = (name: string): GraphReply => ({ status: 200, headers: {}, body: name });

/** A client that notes what is sent; `answers` may replace the answer to a path. */
function recorder(answers: Record<string, Error> = {}): {
  client: GraphClient;
  sent: string[];
  run: () => void;
} {
  const sent: string[] = [];
  const later: (() => void)[] = [];
  const inner: GraphClient = {
    send: async (call, urgency) => {
      sent.push(`p${urgency} ${call.path}`);
      return reply(call.path);
    },
    batch: async (calls, urgency) => {
      sent.push(`p${urgency} ${calls.map((call) => call.path).join(' ')}`);
      return calls.map((call) => answers[call.path] ?? reply(call.path));
    },
  };
  return {
    client: batching(inner, (run) => later.push(run)),
    sent,
    run: () => later.splice(0).forEach((each) => each()),
  };
}

test('sends a write that is alone as a plain request', async () => {
  const { client, sent, run } = recorder();
  const answer = client.send(write('a'), 0);
  run();
  expect((await answer).body).toBe('/a');
  expect(sent).toEqual(['p0 /a']);
});

test('sends writes of one tick together and gives each its own answer', async () => {
  const { client, sent, run } = recorder();
  const answers = Promise.all([client.send(write('a'), 1), client.send(write('b'), 1)]);
  run();
  expect((await answers).map(({ body }) => body)).toEqual(['/a', '/b']);
  expect(sent).toEqual(['p1 /a /b']);
});

test('keeps urgencies apart', async () => {
  const { client, sent, run } = recorder();
  const answers = Promise.all([
    client.send(write('a'), 0),
    client.send(write('b'), 3),
    client.send(write('c'), 0),
  ]);
  run();
  await answers;
  expect(sent).toEqual(['p0 /a /c', 'p3 /b']);
});

test('puts at most 20 writes into one batch', async () => {
  const { client, sent, run } = recorder();
  const answers = Promise.all(Array.from({ length: 41 }, (_, i) => client.send(write(String(i)), 0)));
  run();
  await answers;
  expect(sent.map((each) => each.split(' ').length - 1)).toEqual([20, 20, 1]);
});

test('fails only the write whose member failed', async () => {
  const { client, run } = recorder({ '/b': new Error('throttled') });
  const answers = Promise.allSettled([client.send(write('a'), 0), client.send(write('b'), 0)]);
  run();
  expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('lets reads pass alone and at once', async () => {
  const { client, sent } = recorder();
  await client.send({ method: 'GET', path: '/a', units: 1 }, 2);
  expect(sent).toEqual(['p2 /a']);
});
