import { createHash } from 'node:crypto';
import { topics } from '@sync/core';
import type { Subscription } from '@sync/core';
import { accept } from './accept.ts';
import type { Acceptance } from './accept.ts';

const SECRET = 'a clientState';

function subscription(subscriptionId: string, listId: string): Subscription {
  const clientStateSha256 = createHash('sha256').update(SECRET).digest('hex');
  const ids = { workspaceId: 'ws', object: 'company', tenantId: 'tenant', siteId: 'h,s,w', listId };
  return { ...ids, subscriptionId, clientStateSha256, expiresAt: 1 };
}

const OURS: Readonly<Record<string, Subscription>> = {
  one: subscription('one', 'list-1'),
  two: subscription('two', 'list-2'),
  broken: { ...subscription('broken', 'list-3'), clientStateSha256: 'no hash' },
};

function accepted(...elements: unknown[]): Extract<Acceptance, { kind: 'checked' }> {
  const facts = { subscriptionOf: (id: string) => OURS[id], receivedAt: 7 };
  const acceptance = accept(JSON.stringify({ value: elements }), facts);
  if (acceptance.kind !== 'checked') throw new Error('the body was taken for malformed');
  return acceptance;
}

const rung = (subscriptionId: string, more: object = {}): object => ({
  subscriptionId,
  clientState: SECRET,
  resource: 'sites/other/lists/other',
  tenantId: 'another tenant',
  changeType: 'updated',
  ...more,
});

test('given a good notification, then it becomes a record of the list we subscribed to, by tenant', () => {
  expect(accepted(rung('one'))).toEqual({
    kind: 'checked',
    records: [
      {
        topic: topics.notifications,
        key: 'tenant|h,s,w|list-1',
        partitionKey: 'tenant',
        value: {
          tenantId: 'tenant',
          siteId: 'h,s,w',
          listId: 'list-1',
          subscriptionId: 'one',
          kind: 'changed',
          receivedAt: 7,
        },
      },
    ],
    accepted: 1,
    refused: [],
  });
});

test('given several notifications of one list, then they become one record', () => {
  const { records, accepted: count } = accepted(rung('one'), rung('one'), rung('two'), rung('one'));
  expect(records.map(({ key }) => key)).toEqual(['tenant|h,s,w|list-1', 'tenant|h,s,w|list-2']);
  expect(count).toBe(4);
});

test.each([
  ['reauthorizationRequired', 'reauthorizationRequired'],
  ['missed', 'changed'],
  ['subscriptionRemoved', 'changed'],
])('given the lifecycle event %s, then the kind is %s', (lifecycleEvent, kind) => {
  expect(accepted(rung('one', { lifecycleEvent })).records[0]?.value).toMatchObject({ kind });
});

test('given a change and a lifecycle event of one list, then neither hides the other', () => {
  const { records } = accepted(rung('one'), rung('one', { lifecycleEvent: 'reauthorizationRequired' }));
  expect(records).toHaveLength(2);
});

test.each([
  ['a subscription that is not ours', rung('none'), 'unknown-subscription'],
  ['a wrong clientState', rung('one', { clientState: 'guess' }), 'wrong-client-state'],
  ['an empty clientState', rung('one', { clientState: '' }), 'wrong-client-state'],
  ['a subscription whose hash is damaged', rung('broken'), 'wrong-client-state'],
  ['no clientState', rung('one', { clientState: undefined }), 'malformed-element'],
  ['a clientState that is no text', rung('one', { clientState: { a: 1 } }), 'malformed-element'],
  ['no subscription', rung('one', { subscriptionId: 5 }), 'malformed-element'],
  ['null', null, 'malformed-element'],
  ['a text', 'x', 'malformed-element'],
])('given an element with %s, then it is refused and the others count', (_what, element, refusal) => {
  const { records, refused } = accepted(element, rung('two'));
  expect(refused).toEqual([refusal]);
  expect(records.map(({ key }) => key)).toEqual(['tenant|h,s,w|list-2']);
});

test.each(['', 'x', '{"value":', 'null', '[]', '{}', '{"value":{}}', '"value"'])(
  'the body %j is malformed',
  (body) => {
    expect(accept(body, { subscriptionOf: () => undefined, receivedAt: 0 })).toEqual({ kind: 'malformed' });
  },
);

test('an empty list of notifications is fine', () => {
  expect(accepted()).toEqual({ kind: 'checked', records: [], accepted: 0, refused: [] });
});
