import { fakeGraph, NOW, refusal, ROOT } from '../fake-graph.ts';
import {
  createSubscription,
  deleteSubscription,
  listSubscriptions,
  reauthorize,
  renewSubscription,
} from './subscriptions.ts';

const request = {
  list: { siteId: 'example.com,s,w', listId: 'l' },
  notificationUrl: 'https://hooks.example.com/n',
  lifecycleUrl: 'https://hooks.example.com/l',
  clientState: 'secret',
  expiresAt: NOW,
};
const resource = 'sites/example.com,s,w/lists/l';
const body = {
  id: 'x',
  resource,
  notificationUrl: request.notificationUrl,
  expirationDateTime: '2026-03-02T12:00:00Z',
};
const subscription = { id: 'x', resource, notificationUrl: request.notificationUrl, expiresAt: NOW };

describe('a subscription', () => {
  it('is created for updates, which stand for every change', async () => {
    const { client, sent } = fakeGraph([{ status: 201, body }]);
    expect(await createSubscription(client, request)).toEqual({ kind: 'ok', subscription });
    expect(sent[0]?.body).toMatchObject({
      changeType: 'updated',
      resource,
      lifecycleNotificationUrl: request.lifecycleUrl,
      clientState: 'secret',
      expirationDateTime: '2026-03-02T12:00:00.000Z',
    });
  });

  it('is refused with a reason when the handshake fails', async () => {
    const { client } = fakeGraph([
      { status: 400, body: refusal('InvalidRequest', 'validation request failed') },
    ]);
    expect(await createSubscription(client, request)).toEqual({
      kind: 'refused',
      status: 400,
      code: 'InvalidRequest',
      message: 'validation request failed',
    });
  });

  it('is listed, with or without a leading slash in its resource', async () => {
    const { client } = fakeGraph([
      { status: 200, body: { value: [body, { ...body, resource: `/${resource}` }] } },
    ]);
    expect(await listSubscriptions(client)).toEqual([subscription, subscription]);
  });

  it.each([
    [200, 'ok'],
    [404, 'gone'],
    [400, 'refused'],
  ])('is renewed: %i is %s', async (status, kind) => {
    const { client, sent } = fakeGraph([{ status, body }]);
    expect((await renewSubscription(client, 'x', NOW)).kind).toBe(kind);
    expect(sent[0]).toMatchObject({ method: 'PATCH', url: `${ROOT}/subscriptions/x` });
  });

  it.each([204, 404])('is deleted: %i is fine', async (status) => {
    const { client } = fakeGraph([{ status }]);
    await expect(deleteSubscription(client, 'x')).resolves.toBeUndefined();
  });

  it.each([
    [200, true],
    [204, true],
    [404, false],
  ])('is re-authorized: %i is %s', async (status, done) => {
    const { client, sent } = fakeGraph([{ status }]);
    expect(await reauthorize(client, 'x')).toBe(done);
    expect(sent[0]?.url).toBe(`${ROOT}/subscriptions/x/reauthorize`);
  });
});
