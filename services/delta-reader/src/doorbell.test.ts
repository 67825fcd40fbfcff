import type { SharePointNotification } from '@sync/core';
import type { GraphCall, GraphClient } from '@sync/graph';
import { answerDoorbell } from './doorbell.ts';

const rung = (kind: SharePointNotification['kind']): SharePointNotification => ({
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  subscriptionId: 'sub',
  kind,
  receivedAt: 1,
});

function bell(status = 200, asked = true) {
  const calls: GraphCall[] = [];
  const warnings: string[] = [];
  const client: GraphClient = {
    send: (call) => {
      calls.push(call);
      return Promise.resolve({ status, headers: {}, body: null });
    },
    batch: () => Promise.reject(new Error('no batch is sent')),
  };
  const log = { warn: (_detail: unknown, message: string) => void warnings.push(message) };
  return { parts: { clientOf: () => client, request: () => asked, log }, calls, warnings };
}

test('a change asks for a reading and calls nobody', async () => {
  const { parts, calls } = bell();
  expect(await answerDoorbell('t|s|l', rung('changed'), parts)).toEqual({
    kind: 'drop',
    reason: 'reading-asked-for',
  });
  expect(calls).toEqual([]);
});

test('a second change before the reading started asks for nothing more', async () => {
  const { parts } = bell(200, false);
  const outcome = await answerDoorbell('t|s|l', rung('changed'), parts);
  expect(outcome).toEqual({ kind: 'drop', reason: 'reading-asked-for-already' });
});

test('a list that is not synced is not read', async () => {
  const { parts } = bell();
  const outcome = await answerDoorbell('t|s|l', rung('changed'), { ...parts, clientOf: () => undefined });
  expect(outcome).toEqual({ kind: 'drop', reason: 'list-not-synced' });
});

test.each([
  ['granted', 204, []],
  ['of a subscription that is gone', 404, ['The subscription to authorize again is gone.']],
  ['refused', 400, ['Graph refused to authorize the subscription again.']],
])('a new authorization that is %s: the list is read all the same', async (_what, status, expected) => {
  const { parts, calls, warnings } = bell(status);
  const outcome = await answerDoorbell('t|s|l', rung('reauthorizationRequired'), parts);
  expect(calls.map(({ path }) => path)).toEqual(['/subscriptions/sub/reauthorize']);
  expect(warnings).toEqual(expected);
  expect(outcome).toEqual({ kind: 'drop', reason: 'reading-asked-for' });
});
