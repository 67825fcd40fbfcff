/** A forged or oversized notification costs nothing: no record, a counter, and no hint of what was wrong. */
import { topics } from '@sync/core';
import type { Client } from '@sync/runtime';
import { askBroker } from '../support/broker-admin.ts';
import { openTestClient } from '../support/changes.ts';
import { eventually } from '../support/eventually.ts';
import { counter } from '../support/metrics-page.ts';
import { stackVariable } from '../support/stack.ts';

let client: Client;

beforeAll(async () => {
  client = await openTestClient();
});

afterAll(async () => {
  await client.close();
});

const notify = (body: string): Promise<Response> =>
  fetch(`${stackVariable('SYNC_PUBLIC_URL')}/graph/notifications`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });

const counted = (outcome: string): Promise<number> =>
  counter('webhook-receiver', 'sync_notifications_total', { outcome });
const refused = (reason: string): Promise<number> =>
  counter('webhook-receiver', 'sync_notification_bodies_refused_total', { reason });

/** How many records the topic of notifications has had. */
async function records(): Promise<number> {
  const offsets = await askBroker((admin) => admin.fetchTopicOffsets(topics.notifications.name));
  return offsets.reduce((sum, { high }) => sum + Number(high), 0);
}

/** What a request added to the topic; asked again when a true notification came in between. */
function recordsAddedBy(request: () => Promise<void>): Promise<number> {
  return eventually('a moment without true notifications', async () => {
    const [accepted, before] = [await counted('accepted'), await records()];
    await request();
    const after = await records();
    return (await counted('accepted')) === accepted ? after - before : undefined;
  });
}

test.each(['a-guess', ''])(
  'a notification with the clientState "%s" is answered as any other, and makes no record',
  async (clientState) => {
    const [subscription] = await eventually('a subscription', async () => {
      const found = await client.readAll(topics.subscriptions);
      const alive = found.flatMap(({ value }) => (value === null ? [] : [value]));
      return alive.length > 0 ? alive : undefined;
    });
    const before = await counted('wrong-client-state');
    const body = JSON.stringify({ value: [{ subscriptionId: subscription?.subscriptionId, clientState }] });
    const added = await recordsAddedBy(async () => {
      const answer = await notify(body);
      expect([answer.status, await answer.text()]).toEqual([202, 'Accepted']);
    });
    expect(added).toBe(0);
    expect(await counted('wrong-client-state')).toBeGreaterThan(before);
  },
);

test('a notification for a subscription that is none of ours is answered in the same words', async () => {
  const before = await counted('unknown-subscription');
  const answer = await notify(JSON.stringify({ value: [{ subscriptionId: 'x', clientState: 'y' }] }));
  expect([answer.status, await answer.text()]).toEqual([202, 'Accepted']);
  expect(await counted('unknown-subscription')).toBeGreaterThan(before);
});

test('an oversized body is refused before it is read, and counted', async () => {
  const before = await refused('too-large');
  const added = await recordsAddedBy(async () => {
    const answer = await notify(JSON.stringify({ value: [], filler: 'x'.repeat(300 * 1024) }));
    expect(answer.status).toBe(413);
    await answer.text();
  });
  expect(added).toBe(0);
  expect(await refused('too-large')).toBeGreaterThan(before);
});

test('a body that is no JSON is refused, and counted', async () => {
  const before = await refused('malformed');
  const answer = await notify('{"value": [');
  await answer.text();
  expect(answer.status).toBe(400);
  expect(await refused('malformed')).toBeGreaterThan(before);
});
