import type { ListBinding, Subscription } from '@sync/core';
import type { GraphCall, GraphClient, GraphReply } from '@sync/graph';
import { clientStateOf } from './client-state.ts';
import { keepSubscription } from './keep-subscription.ts';
import type { SubscriptionParts } from './keep-subscription.ts';
import type { ActualSubscription } from './plan-subscription.ts';

const URL = 'https://sync.example/graph/notifications';
const binding = {
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
} as ListBinding;
const state = clientStateOf('secret', 't|s|l');
const known: Subscription = {
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  subscriptionId: 'one',
  clientStateSha256: state.sha256,
  expiresAt: 1000,
};
const actual = (id: string, expiresAt: number): ActualSubscription => ({
  id,
  resource: 'sites/s/lists/l',
  notificationUrl: URL,
  expiresAt,
});

/** Graph answers what the table says by method; what happens is written down in order. */
function graph(answers: Readonly<Record<string, Partial<GraphReply>>>) {
  const happened: string[] = [];
  const calls: GraphCall[] = [];
  const client: GraphClient = {
    send: (call) => {
      calls.push(call);
      happened.push(`${call.method} ${call.path}`);
      return Promise.resolve({ status: 200, headers: {}, body: null, ...answers[call.method] });
    },
    batch: () => Promise.reject(new Error('no batch is sent')),
  };
  const parts: SubscriptionParts = {
    client,
    notificationUrl: URL,
    secret: 'secret',
    lifeMs: 1000,
    now: 0,
    onAction: () => undefined,
    publish: (subscription) => Promise.resolve(void happened.push(`publish ${subscription.subscriptionId}`)),
  };
  return { parts, happened, calls };
}

const told = (id: string) => ({
  body: {
    id,
    resource: '/sites/s/lists/l',
    notificationUrl: URL,
    expirationDateTime: '1970-01-01T00:00:01Z',
  },
});

test('given none, then one is made with a clientState of its own, and published', async () => {
  const { parts, happened, calls } = graph({ POST: told('new') });
  expect(await keepSubscription(binding, undefined, [], parts)).toBeNull();
  expect(happened).toEqual(['POST /subscriptions', 'publish new']);
  expect(calls[0]?.body).toMatchObject({
    resource: 'sites/s/lists/l',
    notificationUrl: URL,
    lifecycleNotificationUrl: URL,
    clientState: state.value,
    expirationDateTime: '1970-01-01T00:00:01.000Z',
  });
});

test('given a fresh one, then Graph is not called', async () => {
  const { parts, happened } = graph({});
  await keepSubscription(binding, known, [actual('one', 900)], parts);
  expect(happened).toEqual(['publish one']);
});

test('given an old one, then it is renewed', async () => {
  const { parts, happened } = graph({ PATCH: told('one') });
  await keepSubscription(binding, known, [actual('one', 400)], parts);
  expect(happened).toEqual(['PATCH /subscriptions/one', 'publish one']);
});

test('given an old one that is gone when it is renewed, then another is made', async () => {
  const { parts, happened } = graph({ PATCH: { status: 404 }, POST: told('new') });
  await keepSubscription(binding, known, [actual('one', 400)], parts);
  expect(happened).toEqual(['PATCH /subscriptions/one', 'POST /subscriptions', 'publish new']);
});

test('given strangers of ours, then they are deleted after the new one was published', async () => {
  const { parts, happened } = graph({ POST: told('new') });
  await keepSubscription(binding, undefined, [actual('a', 900), actual('b', 900)], parts);
  expect(happened).toEqual([
    'POST /subscriptions',
    'publish new',
    'DELETE /subscriptions/a',
    'DELETE /subscriptions/b',
  ]);
});

test('given Graph refuses, then the old ones stay and the refusal is told', async () => {
  const error = { code: 'InvalidRequest', message: 'Subscription validation request failed.' };
  const { parts, happened } = graph({ POST: { status: 400, body: { error } } });
  const refusal = await keepSubscription(binding, undefined, [actual('a', 900)], parts);
  expect(refusal).toEqual({ kind: 'refused', status: 400, ...error });
  expect(happened).toEqual(['POST /subscriptions']);
});
