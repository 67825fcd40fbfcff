import { SyncError } from '@sync/core';
import type { Budget } from '../budget/budget.ts';
import { codeOf, fakeGraph, NOW, refusal, ROOT } from '../fake-graph.ts';
import type { GraphCall } from '../port.ts';

const read: GraphCall = { method: 'GET', path: '/sites/s/lists/l/items/1', units: 1 };
const create: GraphCall = {
  method: 'POST',
  path: '/sites/s/lists/l/items',
  body: { fields: { Title: 'A' } },
  units: 2,
};

async function errorFrom(work: Promise<unknown>): Promise<SyncError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SyncError) return error;
  throw new Error(`no SyncError but ${String(error)}`);
}

describe('a request', () => {
  it('carries token, user agent and precondition', async () => {
    const { client, sent } = fakeGraph([{ status: 200, body: {} }]);
    await client.send({ ...create, ifMatch: '"a,1"' }, 0);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: `${ROOT}/sites/s/lists/l/items`,
      body: create.body,
    });
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer token-0',
      'user-agent': 'NONISV|Example|Sync/1.0',
      'content-type': 'application/json',
      'if-match': '"a,1"',
    });
  });

  it('carries the token to an http root on this machine, which the SDK would not', async () => {
    const { client, sent } = fakeGraph([{ status: 200, body: {} }], {
      rootUrl: 'http://127.0.0.1:8080/v1.0',
    });
    await client.send(read, 0);
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer token-0');
  });

  it('measures budgets and silences by the clock that nobody sets', async () => {
    const times: number[] = [];
    const budget: Budget = {
      take: (_units, _urgency, now) => {
        times.push(now);
        return { granted: true };
      },
      largest: () => 100,
      observe: (_headers, now) => void times.push(now),
      hold: (until) => void times.push(until),
    };
    const throttled = { status: 429, headers: { 'Retry-After': '2' } };
    const { client } = fakeGraph([{ status: 200, body: {} }, throttled], { budget, elapsed: () => 7 });
    await client.send(read, 0);
    await errorFrom(client.send(read, 0));
    expect(times).toEqual([7, 7, 7, 7, 2_007]);
  });

  it('follows an absolute link of the same host', async () => {
    const { client, sent } = fakeGraph([{ status: 200, body: {} }]);
    const link = `${ROOT}/sites/s/lists/l/items?$skiptoken=UGFnZWQ&$expand=fields`;
    await client.send({ ...read, path: link }, 0);
    expect(sent[0]?.url).toBe(link);
  });

  it.each([
    'https://evil.example.com/v1.0/sites/s',
    'http://graph.example.com/v1.0/sites/s',
    'https://graph.example.com:8443/v1.0/sites/s',
    'https://graph.example.com@evil.example.com/v1.0/sites/s',
    'https://graph.example.com/elsewhere',
    '/../elsewhere',
    '@evil.example.com/x',
    '',
  ])('is refused before a token is fetched when it leads elsewhere: %s', async (path) => {
    const { client, sent } = fakeGraph([{ status: 200, body: {} }]);
    await expect(client.send({ ...read, path }, 0)).rejects.toThrow('Refused to send a token');
    expect(sent).toEqual([]);
  });

  it.each(['http://graph.example.com/v1.0', 'https://u:p@graph.example.com/v1.0', 'graph.example.com'])(
    'needs a safe root: %s is none',
    (rootUrl) => {
      expect(codeOf(() => fakeGraph([], { rootUrl }))).toBe('CONFIG_INVALID');
    },
  );
});

describe('an answer', () => {
  it.each([200, 201, 400, 404, 409, 410, 412])('%i is a value', async (status) => {
    const { client } = fakeGraph([{ status, headers: { ETag: '"a,2"' }, body: { id: '7' } }]);
    const reply = await client.send(read, 0);
    expect(reply).toMatchObject({ status, headers: { etag: '"a,2"' }, body: { id: '7' } });
  });

  it('without a body has null for one', async () => {
    const { client } = fakeGraph([{ status: 204 }]);
    expect((await client.send(read, 0)).body).toBeNull();
  });

  it.each([
    ['409', 409, refusal('nameAlreadyExists')],
    ['400', 400, refusal('invalidRequest', 'duplicate values were found in the following field(s)')],
    [
      '500',
      500,
      refusal('generalException', '-2130575169, Microsoft.SharePoint.SPDuplicateValuesFoundException'),
    ],
  ])('that refuses a duplicate is a value, also as %s', async (_name, status, body) => {
    const { client } = fakeGraph([{ status, body }]);
    expect(await client.send(create, 0)).toMatchObject({ status, body });
  });

  it.each([500, 502, 504, 507, 509, 408, 423, 302])('%i is an outage', async (status) => {
    const { client } = fakeGraph([{ status, body: refusal('generalException') }]);
    expect(await errorFrom(client.send(read, 0))).toMatchObject({
      code: 'GRAPH_UNAVAILABLE',
      detail: { status },
    });
  });

  it('that is a success but no JSON is an outage', async () => {
    const { client } = fakeGraph([{ status: 200, body: '<html>Sign in to this network' }]);
    expect((await errorFrom(client.send(read, 0))).code).toBe('GRAPH_UNAVAILABLE');
  });

  it('that is a refusal but no JSON is a value without a body', async () => {
    const { client } = fakeGraph([{ status: 404, body: '<html>' }]);
    expect(await client.send(read, 0)).toMatchObject({ status: 404, body: null });
  });

  it('names no value of the query in an error', async () => {
    const { client } = fakeGraph([{ status: 500 }]);
    const error = await errorFrom(client.send({ ...read, path: "/sites/s?$filter=fields/Mail eq 'ann'" }, 0));
    expect(error.message).not.toContain('ann');
  });
});

describe('a network failure', () => {
  it.each([new TypeError('fetch failed'), new DOMException('too late', 'TimeoutError')])(
    'is an outage: %s',
    async (cause) => {
      const { client } = fakeGraph([cause]);
      expect(await errorFrom(client.send(read, 0))).toMatchObject({ code: 'GRAPH_UNAVAILABLE', cause });
    },
  );

  it('never repeats a create whose answer was lost', async () => {
    const { client, sent } = fakeGraph([{ status: 504 }, { status: 201, body: {} }]);
    await errorFrom(client.send(create, 0));
    expect(sent).toHaveLength(1);
  });

  it('ends a request that takes too long', async () => {
    const hanging: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
      );
    const { client } = fakeGraph([], { fetch: hanging, timeoutMs: 1 });
    expect((await errorFrom(client.send(read, 0))).code).toBe('GRAPH_UNAVAILABLE');
  });
});

describe('a refused token', () => {
  it('is dropped and replaced once', async () => {
    const { client, sent, dropped } = fakeGraph([
      { status: 401, body: {} },
      { status: 201, body: {} },
    ]);
    expect((await client.send(create, 0)).status).toBe(201);
    expect(dropped).toEqual(['token-0']);
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer token-1');
    expect(sent[1]?.body).toEqual(create.body);
  });

  it('is waited for when the new one is refused too', async () => {
    const { client, sent } = fakeGraph([{ status: 401 }, { status: 401 }]);
    expect((await errorFrom(client.send(read, 0))).code).toBe('GRAPH_UNAUTHORIZED');
    expect(sent).toHaveLength(2);
  });

  it('is not replaced for a missing grant', async () => {
    const { client, sent } = fakeGraph([{ status: 403, body: refusal('accessDenied') }]);
    expect((await errorFrom(client.send(read, 0))).code).toBe('GRAPH_UNAUTHORIZED');
    expect(sent).toHaveLength(1);
  });
});

describe('throttling', () => {
  it.each<[string, Record<string, string>, number]>([
    ['seconds', { 'Retry-After': '31' }, 31_000],
    ['a fraction', { 'Retry-After': '2.128' }, 2_128],
    ['a date', { 'Retry-After': new Date(NOW + 7_000).toUTCString() }, 7_000],
    ['a date that has passed', { 'Retry-After': new Date(NOW - 7_000).toUTCString() }, 0],
    ['a later reset', { 'Retry-After': '3', 'RateLimit-Reset': '31' }, 31_000],
    ['an earlier reset', { 'Retry-After': '31', 'RateLimit-Reset': '3' }, 31_000],
    ['nothing', {}, 5_000],
    ['nonsense', { 'Retry-After': 'soon' }, 5_000],
    ['for ever', { 'Retry-After': '1e12' }, 86_400_000],
  ])('says how long to wait from %s', async (_name, headers, retryAfterMs) => {
    const { client } = fakeGraph([{ status: 429, headers, body: refusal('activityLimitReached') }]);
    expect(await errorFrom(client.send(read, 0))).toMatchObject({ code: 'GRAPH_THROTTLED', retryAfterMs });
  });

  it('counts 503 too', async () => {
    const { client } = fakeGraph([{ status: 503, headers: { 'Retry-After': '4' } }]);
    expect(await errorFrom(client.send(read, 0))).toMatchObject({
      code: 'GRAPH_THROTTLED',
      retryAfterMs: 4_000,
    });
  });

  it('closes the gate for every call until the time is over', async () => {
    const { client, sent, advance } = fakeGraph([
      { status: 429, headers: { 'Retry-After': '10' } },
      { status: 200, body: {} },
    ]);
    await errorFrom(client.send(read, 3));
    const waiting = client.send(read, 0);
    advance(9_999);
    expect(sent).toHaveLength(1);
    advance(1);
    expect((await waiting).status).toBe(200);
  });

  it('tells a caller at once that the gate stays closed for long', async () => {
    const { client, sent } = fakeGraph([{ status: 429, headers: { 'Retry-After': '600' } }]);
    await errorFrom(client.send(read, 3));
    expect(await errorFrom(client.send(read, 0))).toMatchObject({
      code: 'GRAPH_THROTTLED',
      retryAfterMs: 600_000,
    });
    expect(sent).toHaveLength(1);
  });
});
