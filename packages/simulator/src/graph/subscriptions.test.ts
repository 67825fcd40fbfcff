import { OTHER_TENANT, Rig, errorOf, listIdOf, valueOf } from '../testing/rig.ts';
import type { Answered, Json } from '../testing/rig.ts';

const HOOK = 'https://hooks.garden.example/in?site=1';
const MINUTE = 60_000;
const inMinutes = (rig: Rig, minutes: number): string => new Date(rig.now + minutes * MINUTE).toISOString();

function subscribe(rig: Rig, list: string, changes: Json = {}): Promise<Answered> {
  return rig.call('POST', '/subscriptions', {
    changeType: 'updated',
    notificationUrl: HOOK,
    resource: list.slice(1),
    expirationDateTime: inMinutes(rig, 1_000),
    clientState: 'between us',
    ...changes,
  });
}

test('a subscription is made after the receiver has echoed the token', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const created = await subscribe(rig, list);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    '@odata.context': expect.stringMatching(/\$metadata#subscriptions\/\$entity$/),
    resource: list.slice(1),
    changeType: 'updated',
    notificationUrl: HOOK,
    clientState: null,
    expirationDateTime: '2026-05-06T23:48:09Z',
    includeResourceData: null,
    latestSupportedTlsVersion: 'v1_2',
  });
  expect(rig.sent).toHaveLength(1);
  expect(rig.sent[0]).toMatchObject({ contentType: 'text/plain; charset=utf-8', body: '' });
  expect(rig.sent[0]?.url).toContain('?site=1&validationToken=Validation%3A%20Testing');
});

test.each([
  ['another status', { status: 202, contentType: 'text/plain', text: 'same' }],
  ['another content type', { status: 200, contentType: 'text/html', text: 'same' }],
  ['another body', { status: 200, contentType: 'text/plain', text: 'something else' }],
])('a receiver with %s fails the handshake, and nothing is subscribed', async (_what, answer) => {
  const rig = new Rig();
  const list = await rig.plants();
  rig.receive(({ url }) => {
    const token = new URL(url).searchParams.get('validationToken') ?? '';
    return { ...answer, text: answer.text === 'same' ? token : answer.text };
  });
  const refused = await subscribe(rig, list);
  expect([refused.status, errorOf(refused)['code']]).toEqual([400, 'InvalidRequest']);
  expect(String(errorOf(refused)['message'])).toMatch(/^Subscription validation request failed\./);
  expect(valueOf(await rig.call('GET', '/subscriptions'))).toEqual([]);
});

test('a receiver that cannot be reached fails the handshake', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  rig.receive(() => Promise.reject(new Error('connection refused')));
  expect((await subscribe(rig, list)).status).toBe(400);
});

test('more than 42,300 minutes is refused, less than 45 is raised to 45', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const long = await subscribe(rig, list, { expirationDateTime: inMinutes(rig, 42_301) });
  expect([long.status, errorOf(long)['code']]).toEqual([400, 'ExtensionError']);
  expect((await subscribe(rig, list, { expirationDateTime: inMinutes(rig, 42_300) })).status).toBe(201);
  const short = await subscribe(rig, list, { expirationDateTime: inMinutes(rig, 5) });
  expect(short.body['expirationDateTime']).toBe('2026-05-06T07:53:09Z');
});

test.each([
  ['another change type', { changeType: 'created' }, 400],
  ['plain http beyond loopback', { notificationUrl: 'http://hooks.garden.example/' }, 400],
  ['a past expiration', { expirationDateTime: '2020-01-01T00:00:00Z' }, 400],
  ['a clientState of 129 characters', { clientState: 'x'.repeat(129) }, 400],
  ['a resource that is no list', { resource: 'me/messages' }, 400],
])('%s is refused', async (_what, changes, status) => {
  const rig = new Rig();
  const list = await rig.plants();
  expect((await subscribe(rig, list, changes)).status).toBe(status);
});

test('duplicates are accepted; each is renewed, reauthorized and deleted for itself', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const [first, second] = [await subscribe(rig, list), await subscribe(rig, list)];
  const url = `/subscriptions/${String(first.body['id'])}`;
  expect(valueOf(await rig.call('GET', '/subscriptions'))).toHaveLength(2);
  const renewed = await rig.call('PATCH', url, { expirationDateTime: inMinutes(rig, 2_000) });
  expect([renewed.status, renewed.body['expirationDateTime']]).toEqual([200, '2026-05-07T16:28:09Z']);
  expect((await rig.call('POST', `${url}/reauthorize`)).status).toBe(204);
  expect((await rig.call('DELETE', url)).status).toBe(204);
  expect((await rig.call('GET', url)).status).toBe(404);
  expect(valueOf(await rig.call('GET', '/subscriptions')).map((one) => one['id'])).toEqual([
    second.body['id'],
  ]);
});

test('an expired subscription is gone, and another tenant never saw it', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const { body } = await subscribe(rig, list);
  const url = `/subscriptions/${String(body['id'])}`;
  expect((await rig.call('GET', url, undefined, {}, OTHER_TENANT)).status).toBe(404);
  rig.now += 1_001 * MINUTE;
  expect((await rig.call('PATCH', url, { expirationDateTime: inMinutes(rig, 60) })).status).toBe(404);
});

test('many changes within the delay make one notification without any detail', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const { body } = await subscribe(rig, list);
  for (const Title of ['Fern', 'Moss', 'Ivy']) await rig.plant(list, { Title });
  await rig.pass(999);
  expect(rig.sent).toHaveLength(1);
  await rig.pass(1);
  expect(rig.sent).toHaveLength(2);
  expect(rig.sent[1]).toMatchObject({ url: HOOK, contentType: 'application/json' });
  expect(JSON.parse(rig.sent[1]?.body ?? '')).toEqual({
    value: [
      {
        subscriptionId: body['id'],
        clientState: 'between us',
        resource: list.slice(1),
        tenantId: expect.any(String),
        resourceData: { '@odata.type': '#Microsoft.Graph.ListItem' },
        subscriptionExpirationDateTime: '2026-05-06T23:48:09+00:00',
        changeType: 'updated',
      },
    ],
  });
  await rig.pass(60_000);
  expect(rig.sent).toHaveLength(2);
});

test('a refused notification is sent again after 1 s, 2 s, 4 s, and then rests', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await subscribe(rig, list);
  let refusals = 3;
  rig.receive(() => ({ status: refusals-- > 0 ? 503 : 202, contentType: '', text: '' }));
  await rig.plant(list, { Title: 'Fern' });
  const arrivals: number[] = [];
  for (let second = 1; second <= 20; second += 1) {
    const before = rig.sent.length;
    await rig.pass(1_000);
    if (rig.sent.length > before) arrivals.push(second);
  }
  expect(arrivals).toEqual([1, 2, 4, 8]);
});

test('a change while a notification is on its way is announced by the next one', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await subscribe(rig, list);
  rig.receive(() => {
    if (rig.sent.length === 2) rig.editAs('Mina Okafor', listIdOf(list), '1', { Height: 1 });
    return { status: 202, contentType: '', text: '' };
  });
  await rig.plant(list, { Title: 'Fern' });
  await rig.pass(1_000);
  await rig.pass(1_000);
  await rig.pass(1_000);
  expect(rig.sent).toHaveLength(3);
});

test('a dropped notification never arrives; a duplicated one arrives twice', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await subscribe(rig, list);
  rig.simulator.faults.dropNotifications = 1;
  await rig.plant(list, { Title: 'Fern' });
  await rig.pass(10_000);
  expect(rig.sent).toHaveLength(1);
  rig.simulator.faults.duplicateNotifications = 1;
  await rig.plant(list, { Title: 'Moss' });
  await rig.pass(10_000);
  expect(rig.sent).toHaveLength(3);
});

test('after four hours without success a notification is lost', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await subscribe(rig, list);
  rig.receive(() => ({ status: 500, contentType: '', text: '' }));
  await rig.plant(list, { Title: 'Fern' });
  for (let minute = 0; minute < 239; minute += 1) await rig.pass(MINUTE);
  const tried = rig.sent.length;
  await rig.pass(MINUTE);
  await rig.pass(MINUTE);
  await rig.pass(MINUTE);
  const last = rig.sent.length;
  expect(last).toBeGreaterThan(tried);
  for (let minute = 0; minute < 60; minute += 1) await rig.pass(MINUTE);
  expect(rig.sent).toHaveLength(last);
});
