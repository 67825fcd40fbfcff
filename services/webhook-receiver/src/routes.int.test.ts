import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SyncError } from '@sync/core';
import type { OutRecord, Subscription } from '@sync/core';
import express from 'express';
import { addRoutes } from './routes.ts';

const SUBSCRIPTION: Subscription = {
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  subscriptionId: 'one',
  clientStateSha256: createHash('sha256').update('secret').digest('hex'),
  expiresAt: 1,
};
const NOTIFICATION = JSON.stringify({ value: [{ subscriptionId: 'one', clientState: 'secret' }] });

let server: Server;
let url: string;
let ready: boolean;
let outage: SyncError | null;
let sent: OutRecord[];
let counted: string[];

beforeEach(async () => {
  ready = true;
  outage = null;
  sent = [];
  counted = [];
  const http = express();
  addRoutes(http, {
    bodyLimitBytes: 1000,
    isReady: () => ready,
    subscriptionOf: (id) => (id === 'one' ? SUBSCRIPTION : undefined),
    send: (records) =>
      outage === null ? Promise.resolve(void sent.push(...records)) : Promise.reject(outage),
    now: () => 1,
    log: { warn: () => undefined },
    metrics: { count: (_name, labels, by = 1) => void counted.push(`${Object.values(labels).join()} ${by}`) },
  });
  server = http.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graph/notifications`;
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const post = (body: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
  fetch(url, { method: 'POST', body, headers });

test('the handshake gives the token back as plain text, ready or not', async () => {
  ready = false;
  const token = 'Validation: <b>Testing & client</b> 1+1';
  const answer = await fetch(`${url}?validationToken=${encodeURIComponent(token)}`, { method: 'POST' });
  expect([answer.status, await answer.text()]).toEqual([200, token]);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['too long', `validationToken=${'x'.repeat(4097)}`],
  ['given twice', 'validationToken=a&validationToken=b'],
])('a token that is %s is refused', async (_what, query) => {
  expect((await fetch(`${url}?${query}`, { method: 'POST' })).status).toBe(400);
});

test('a good notification is sent, then answered with 202', async () => {
  expect((await post(NOTIFICATION)).status).toBe(202);
  expect(sent.map(({ key }) => key)).toEqual(['t|s|l']);
  expect(counted).toEqual(['accepted 1']);
});

test('a forged notification gets the same answer and goes nowhere', async () => {
  expect((await post(NOTIFICATION.replace('secret', 'guess'))).status).toBe(202);
  expect(sent).toEqual([]);
  expect(counted).toEqual(['wrong-client-state 1', 'accepted 0']);
});

test('while Kafka is away Graph is told to come again', async () => {
  outage = new SyncError('KAFKA_UNAVAILABLE', 'away');
  const answer = await post(NOTIFICATION);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
});

test('before the subscriptions are known Graph is told to come again', async () => {
  ready = false;
  expect((await post(NOTIFICATION)).status).toBe(503);
});

test.each([
  ['malformed', '{"value":', {}, 400, 'malformed 1'],
  ['too large', ' '.repeat(1001), {}, 413, 'too-large 1'],
  ['compressed', NOTIFICATION, { 'Content-Encoding': 'gzip' }, 415, 'other 1'],
])('a body that is %s is refused and counted', async (_what, body, headers, status, count) => {
  expect((await post(body, headers)).status).toBe(status);
  expect(counted).toEqual([count]);
});
