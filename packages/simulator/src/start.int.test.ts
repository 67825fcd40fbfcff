import { execFile } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSimulator } from './index.ts';
import {
  NODE,
  SEED,
  SEED_CLIENT,
  SEED_HOST,
  SEED_TENANT,
  ended,
  graph,
  makeDataDir,
  startProcess,
  tokenFrom,
} from './testing/running.ts';

const run = promisify(execFile);
const POND = `/sites/${SEED_HOST}:/sites/pond`;
const LISTS = `${POND}:/lists`;

const dir = makeDataDir();
const started: { close(): Promise<void> }[] = [];
const children: ChildProcess[] = [];

async function startChild() {
  const { child, ready } = await startProcess(dir.path);
  children.push(child);
  return { child, ready };
}

async function start() {
  const simulator = await startSimulator({ dataDir: dir.path, seed: SEED, knobs: { notifyDelayMs: 5 } });
  started.push(simulator);
  return { ...simulator, graph: graph(simulator.httpUrl, await tokenFrom(simulator.httpUrl)) };
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((simulator) => simulator.close()));
});
afterAll(() => dir.remove());

test('without a token Graph answers 401 with its envelope and headers', async () => {
  const { httpUrl } = await start();
  const response = await fetch(`${httpUrl}/v1.0${POND}`, { headers: { 'client-request-id': 'mine' } });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
  expect(response.headers.get('client-request-id')).toBe('mine');
  expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('content-type')).toMatch(/IEEE754Compatible=false/);
  expect(await response.json()).toMatchObject({
    error: { code: 'InvalidAuthenticationToken', innerError: { 'client-request-id': 'mine' } },
  });
});

test('a body that is not JSON is 400 in the same envelope', async () => {
  const { httpUrl } = await start();
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"fields":' };
  const response = await fetch(`${httpUrl}/v1.0${LISTS}`, init);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'BadRequest' } });
});

test('the round trip knob is added to every Graph request', async () => {
  const simulator = await start();
  await fetch(`${simulator.httpUrl}/__sim/knobs`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ latencyMs: 80 }),
  });
  const begun = performance.now();
  await simulator.graph('GET', POND);
  expect(performance.now() - begun).toBeGreaterThan(75);
});

test('a port that is taken is named', async () => {
  const { httpUrl } = await start();
  const other = makeDataDir();
  const port = Number(new URL(httpUrl).port);
  await expect(startSimulator({ dataDir: other.path, httpPort: port })).rejects.toThrow(`127.0.0.1:${port}`);
  other.remove();
});

test('a person changes an item through the control API; the throttle report and knobs answer', async () => {
  const simulator = await start();
  const list = await simulator.graph('POST', LISTS, { displayName: 'Frogs' });
  const control = async (method: string, path: string, body: unknown) =>
    (
      await fetch(`${simulator.httpUrl}/__sim${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json() as Promise<Record<string, unknown>>;
  const items = `/lists/${String(list.body['id'])}/items`;
  await control('POST', items, { user: 'Ola Brandt', fields: { Title: 'Tree frog' } });
  await control('DELETE', `${items}/1`, { user: 'Ola Brandt' });
  expect((await simulator.graph('GET', `${LISTS}/Frogs/items/1`)).status).toBe(404);
  await control('POST', `${items}/1/restore`, { user: 'Ola Brandt' });
  const item = await simulator.graph('GET', `${LISTS}/Frogs/items/1`);
  expect(item.body['lastModifiedBy']).toMatchObject({ user: { displayName: 'Ola Brandt' } });
  expect(await control('PATCH', '/knobs', { pageSize: 'many' })).toEqual({ mistakes: [expect.any(String)] });
  const meter = (await (await fetch(`${simulator.httpUrl}/__sim/meter`)).json()) as { apps: object[] };
  expect(meter.apps).toEqual([expect.objectContaining({ appId: SEED_CLIENT, throttled: 0 })]);
});

test('notifications reach a real receiver after a real handshake', async () => {
  const simulator = await start();
  await simulator.graph('POST', LISTS, { displayName: 'Newts' });
  const list = await simulator.graph('GET', `${LISTS}/Newts`);
  const site = await simulator.graph('GET', POND);
  const arrived: string[] = [];
  const receiver = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://receiver').searchParams.get('validationToken');
    request.setEncoding('utf8').on('data', (text: string) => arrived.push(text));
    request.on('end', () => {
      response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token ?? '');
      if (token === null) receiver.emit('notified');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const notified = new Promise((resolve) => receiver.once('notified', resolve));
  const subscription = await simulator.graph('POST', '/subscriptions', {
    changeType: 'updated',
    notificationUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`,
    resource: `sites/${String(site.body['id'])}/lists/${String(list.body['id'])}`,
    expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
    clientState: 'pond',
  });
  expect(subscription.status).toBe(201);
  await simulator.graph('POST', `${LISTS}/Newts/items`, { fields: { Title: 'Smooth newt' } });
  await notified;
  expect(JSON.parse(arrived.join(''))).toMatchObject({
    value: [{ clientState: 'pond', changeType: 'updated' }],
  });
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

test('after a restart items, delta links, subscriptions and tokens go on', async () => {
  const first = await start();
  await first.graph('POST', LISTS, { displayName: 'Toads' });
  await first.graph('POST', `${LISTS}/Toads/items`, { fields: { Title: 'Midwife' } });
  const latest = await first.graph('GET', `${LISTS}/Toads/items/delta?token=latest&$expand=fields`);
  await first.graph('PATCH', `${LISTS}/Toads/items/1/fields`, { Title: 'Midwife toad' });
  const token = await tokenFrom(first.httpUrl);
  await first.close();
  started.pop();
  const second = await start();
  const link = String(latest.body['@odata.deltaLink']).replace(`${first.httpUrl}/v1.0`, '');
  const changes = await graph(second.httpUrl, token)('GET', link);
  expect(changes.body['value']).toMatchObject([
    { id: '1', fields: { Title: 'Midwife toad', _UIVersionString: '2.0' } },
  ]);
});

test('kill -9 loses no answered write', async () => {
  const { child, ready } = await startChild();
  const call = graph(ready.http, await tokenFrom(ready.http));
  await call('POST', LISTS, { displayName: 'Dragonflies' });
  let answered = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const { status } = await call('POST', `${LISTS}/Dragonflies/items`, { fields: { Title: 'Hawker' } });
      if (status === 201) answered += 1;
      if (answered === 60) child.kill('SIGKILL');
    }
  };
  const over = ended(child);
  await Promise.allSettled([writer(), writer(), writer()]);
  expect(await over).toBe('SIGKILL');
  const again = await start();
  const kept = await again.graph('GET', `${LISTS}/Dragonflies/items?$top=500`);
  expect((kept.body['value'] as object[]).length).toBeGreaterThanOrEqual(answered);
});

const MSAL_CLIENT = `
  import { ConfidentialClientApplication } from '@azure/msal-node';
  const { origin, tenant, client, secret } = JSON.parse(process.env.CASE);
  const app = new ConfidentialClientApplication({
    auth: { clientId: client, clientSecret: secret, authority: origin + '/' + tenant, knownAuthorities: [new URL(origin).host] },
  });
  try {
    const { accessToken } = await app.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
    const site = await fetch(origin + '/v1.0${POND}', { headers: { authorization: 'Bearer ' + accessToken } });
    console.log(JSON.stringify({ status: site.status, name: (await site.json()).displayName }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.errorCode, message: error.errorMessage }));
  }
`;

test('the real msal-node gets a token over TLS, and an error it understands for a wrong secret', async () => {
  const { child, ready } = await startChild();
  const ask = async (secret: string): Promise<unknown> => {
    const given = { origin: ready.https, tenant: SEED_TENANT, client: SEED_CLIENT, secret };
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: ready.ca, CASE: JSON.stringify(given) };
    const { stdout } = await run(NODE, ['--input-type=module', '-e', MSAL_CLIENT], { env });
    return JSON.parse(stdout);
  };
  expect(await ask('a secret of the heron')).toEqual({ status: 200, name: 'Pond' });
  expect(await ask('a secret of the crow')).toEqual({
    error: 'invalid_client',
    message: expect.stringContaining('AADSTS7000215'),
  });
  const over = ended(child);
  child.kill('SIGTERM');
  expect(await over).toBe(0);
}, 30_000);

test('a wrong configuration names every mistake and ends with 1', async () => {
  const env = { ...process.env, SIM_DATA_DIR: '', SIM_HTTP_PORT: '-1' };
  const main = join(process.cwd(), 'packages/simulator/src/main.ts');
  await expect(run(NODE, [main], { env })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/SIM_DATA_DIR is required[^]*SIM_HTTP_PORT must be/),
  });
});
