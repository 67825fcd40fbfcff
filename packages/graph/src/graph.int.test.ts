import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startSimulator } from '@sync/simulator';
import type { RunningSimulator } from '@sync/simulator';
import * as graph from './index.ts';
import type { GraphClient, GraphReply, ListRef } from './index.ts';

const DAY = 86_400_000;
const tenantId = '0f5d6e1a-0000-4000-8000-000000000001';
const clientId = '0f5d6e1a-0000-4000-8000-000000000002';
const site = { host: 'northwind.example', path: '/sites/crm', name: 'CRM' };
const columns = [
  { name: 'TwentyId', indexed: true, enforceUniqueValues: true, text: { maxLength: 36 } },
  { name: 'Employees', number: {} },
];

let dataDir: string;
let simulator: RunningSimulator;
let trusted: string[];
let client: GraphClient;
let list: ListRef;

/** The control API: what users and the world do. */
async function control(method: string, path: string, body: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${simulator.httpUrl}/__sim${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}

function openClient(clientSecret: string): GraphClient {
  const now = Date.now;
  return graph.openGraph({
    rootUrl: `${simulator.httpsUrl}/v1.0`,
    token: graph.openTokenSource({ authority: simulator.httpsUrl, tenantId, clientId, clientSecret, now }),
    budget: graph.createBudget({ unitsPerMinute: 120_000, unitsPerDay: 120_000_000, share: 1 }),
    userAgent: 'NONISV|Example|Sync/1.0',
    timeoutMs: 10_000,
    now,
  });
}

async function only<T>(page: Promise<readonly T[]>): Promise<T> {
  const first = (await page)[0];
  if (first === undefined) throw new Error('nothing came back');
  return first;
}

async function create(title: string, twentyId: string): Promise<graph.GraphItem> {
  const reply = await client.send(graph.createItemCall(list, { Title: title, TwentyId: twentyId }), 0);
  expect(reply.status).toBe(201);
  return graph.parseItem(reply.body);
}

async function changesSince(link: string | null): Promise<graph.DeltaPage> {
  const result = await graph.readDelta(client, list, link);
  if (result.kind !== 'page') throw new Error(`no page but ${result.kind}`);
  return result.page;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'graph-int-'));
  const tenants = [{ id: tenantId, clientId, clientSecret: 'right', licences: 100_000, sites: [site] }];
  simulator = await startSimulator({ dataDir, seed: { tenants } });
  // Stands for NODE_EXTRA_CA_CERTS, which is read before a test can set it.
  trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, readFileSync(simulator.caFile, 'utf8')]);
  client = openClient('right');
  const found = await graph.siteByPath(client, site.host, site.path);
  if (found === null) throw new Error('no site');
  const { id: listId } = await graph.createList(client, found.id, 'Companies', columns);
  list = { siteId: found.id, listId };
});

afterEach(() => control('PATCH', '/knobs', { ifMatch: 'honour', uniqueViolation: 409, deltaPageSize: 200 }));

afterAll(async () => {
  await simulator.close();
  setDefaultCACertificates(trusted);
  rmSync(dataDir, { recursive: true });
});

describe('the client over https, with a token of the authority', () => {
  it('finds the list again instead of creating a second one', async () => {
    expect((await graph.createList(client, list.siteId, 'Companies', columns)).id).toBe(list.listId);
    expect((await graph.findList(client, list.siteId, 'companies'))?.id).toBe(list.listId);
    expect(await graph.findList(client, list.siteId, 'People')).toBeNull();
  });

  it('adds the columns that are missing', async () => {
    const wanted = [...columns, { name: 'City', text: { maxLength: 255 } }, { name: 'Icp', boolean: {} }];
    const present = await graph.ensureColumns(client, list, wanted);
    expect(present.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['TwentyId', 'Employees', 'City', 'Icp']),
    );
    expect(present.find(({ name }) => name === 'TwentyId')).toMatchObject({
      indexed: true,
      enforceUniqueValues: true,
    });
  });

  it('waits when the secret is wrong', async () => {
    const call = graph.readItemCall(list, '1');
    await expect(openClient('wrong').send(call, 0)).rejects.toMatchObject({ code: 'GRAPH_UNAUTHORIZED' });
  });
});

describe('items', () => {
  it('are created, found by a text with a quote, changed, read and deleted', async () => {
    const created = await create("O'Hara & Sons #1", "id'1&2#3");
    expect(created).toMatchObject({ modifiedBy: 'application', applicationId: clientId });
    const found = await graph.findItemByColumn(client, list, 'TwentyId', "id'1&2#3");
    expect(found).toMatchObject({ id: created.id, etag: created.etag });
    const updated = await client.send(
      graph.updateItemCall(list, created.id, { Employees: 7 }, created.etag),
      0,
    );
    expect(updated.status).toBe(200);
    const read = await graph.readItem(client, list, created.id);
    expect(read).toMatchObject({ fields: { Employees: 7 } });
    expect(graph.etagOf(updated)).toBe(read?.etag);
    expect((await client.send(graph.deleteItemCall(list, created.id, read?.etag ?? null), 0)).status).toBe(
      204,
    );
    expect(await graph.readItem(client, list, created.id)).toBeNull();
  });

  it.each(['honour', 'conflict409'])('refuse a write on an older state (%s)', async (ifMatch) => {
    const created = await create('A', `stale-${ifMatch}`);
    await control('PATCH', '/knobs', { ifMatch });
    await control('PATCH', `/lists/${list.listId}/items/${created.id}`, { fields: { Title: 'B' } });
    const reply = await client.send(graph.updateItemCall(list, created.id, { Title: 'C' }, created.etag), 0);
    expect([graph.isStale(reply), graph.isDuplicate(reply)]).toEqual([true, false]);
    expect(await graph.readItem(client, list, created.id)).toMatchObject({
      modifiedBy: 'user',
      fields: { Title: 'B' },
    });
  });

  it.each([409, 400, 500])('refuse a duplicate, also as %i', async (uniqueViolation) => {
    await create('A', `twice-${uniqueViolation}`);
    await control('PATCH', '/knobs', { uniqueViolation });
    const reply = await client.send(graph.createItemCall(list, { TwentyId: `twice-${uniqueViolation}` }), 0);
    expect([reply.status, graph.isDuplicate(reply), graph.isStale(reply)]).toEqual([
      uniqueViolation,
      true,
      false,
    ]);
  });

  it('can be found after a create whose answer was lost', async () => {
    await control('PATCH', '/faults', { commitThen504: 1 });
    const call = graph.createItemCall(list, { TwentyId: 'lost' });
    await expect(client.send(call, 0)).rejects.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
    expect(await graph.findItemByColumn(client, list, 'TwentyId', 'lost')).not.toBeNull();
  });

  it('are written in batches, each with an answer of its own', async () => {
    const calls = Array.from({ length: 25 }, (_, n) =>
      graph.createItemCall(list, { TwentyId: `batch-${n % 24}` }),
    );
    const replies = await client.batch(calls, 0);
    const ok = (reply: GraphReply | Error): boolean => !(reply instanceof Error) && reply.status === 201;
    expect(replies.map(ok)).toEqual([...Array<boolean>(24).fill(true), false]);
    expect(replies[24]).toMatchObject({ status: 409 });
  });

  it('are enumerated', async () => {
    const ids = new Set<string>();
    for await (const item of graph.enumerateItems(client, list)) ids.add(item.id);
    expect(ids.size).toBeGreaterThan(25);
  });
});

describe('delta', () => {
  it('tells creations, edits by people, and deletes, each once', async () => {
    const { deltaLink, changes } = await changesSince('latest');
    expect(changes).toEqual([]);
    const kept = await create('kept', 'delta-1');
    const gone = await create('gone', 'delta-2');
    await control('PATCH', `/lists/${list.listId}/items/${kept.id}`, { fields: { Title: 'edited' } });
    await control('DELETE', `/lists/${list.listId}/items/${gone.id}`, {});
    const page = await changesSince(deltaLink);
    expect(page.changes).toHaveLength(2);
    expect(page.changes.find(({ id }) => id === gone.id)).toEqual({ id: gone.id, deleted: true });
    expect(page.changes.find(({ id }) => id === kept.id)).toMatchObject({
      deleted: false,
      item: { modifiedBy: 'user', fields: { Title: 'edited' } },
    });
    expect((await changesSince(page.deltaLink)).changes).toEqual([]);
  });

  it('enumerates the whole list page after page', async () => {
    await control('PATCH', '/knobs', { deltaPageSize: 10 });
    let count = 0;
    let page = await changesSince(null);
    for (count += page.changes.length; page.nextLink !== null; count += page.changes.length) {
      page = await changesSince(page.nextLink);
    }
    expect(count).toBeGreaterThan(25);
    expect(page.deltaLink).not.toBeNull();
  });

  it('starts again when the cursor is too old, from where Graph says', async () => {
    const { deltaLink } = await changesSince('latest');
    await control('POST', `/lists/${list.listId}/expire-deltas`, {});
    const result = await graph.readDelta(client, list, deltaLink);
    expect(result.kind).toBe('resync');
    if (result.kind === 'resync') expect((await changesSince(result.link)).changes.length).toBeGreaterThan(0);
  });

  it('knows a damaged cursor and a list that is gone', async () => {
    const { deltaLink } = await changesSince('latest');
    const damaged = String(deltaLink).replace(/token=.*/, 'token=%25%25');
    expect(await graph.readDelta(client, list, damaged)).toEqual({ kind: 'malformedToken' });
    const nowhere = { ...list, listId: '0f5d6e1a-0000-4000-8000-00000000000f' };
    expect(await graph.readDelta(client, nowhere, null)).toEqual({ kind: 'listGone' });
  });
});

describe('subscriptions', () => {
  it('are created after the handshake, listed, renewed, re-authorized and deleted', async () => {
    const receiver = createServer((request, response) => {
      const token = new URL(request.url ?? '/', 'http://receiver').searchParams.get('validationToken');
      response.setHeader('Content-Type', 'text/plain');
      response.end(token ?? '');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const expiresAt = Math.floor(Date.now() / 1000) * 1000 + DAY;
    const request = {
      list,
      notificationUrl: `${url}/n`,
      lifecycleUrl: `${url}/l`,
      clientState: 's',
      expiresAt,
    };
    const result = await graph.createSubscription(client, request);
    expect(result).toMatchObject({
      kind: 'ok',
      subscription: { resource: graph.subscriptionResource(list), expiresAt },
    });
    const { id } = await only(graph.listSubscriptions(client));
    const renewed = await graph.renewSubscription(client, id, expiresAt + DAY);
    expect(renewed).toMatchObject({ kind: 'ok', subscription: { id, expiresAt: expiresAt + DAY } });
    expect(await graph.reauthorize(client, id)).toBe(true);
    await graph.deleteSubscription(client, id);
    await graph.deleteSubscription(client, id);
    expect(await graph.renewSubscription(client, id, expiresAt)).toEqual({ kind: 'gone' });
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    expect((await graph.createSubscription(client, request)).kind).toBe('refused');
  });
});

describe('throttling', () => {
  it('silences the next call for as long as Graph asked', async () => {
    await control('PATCH', '/faults', { next429: 1, retryAfterS: 1 });
    const call = graph.readItemCall(list, '1');
    await expect(client.send(call, 0)).rejects.toMatchObject({
      code: 'GRAPH_THROTTLED',
      retryAfterMs: 1_000,
    });
    const before = Date.now();
    await client.send(call, 0);
    expect(Date.now() - before).toBeGreaterThan(900);
  });
});
