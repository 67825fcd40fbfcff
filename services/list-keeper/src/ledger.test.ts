import { topics } from '@sync/core';
import type { OutRecord, Subscription } from '@sync/core';
import { createLedger } from './ledger.ts';

const entry = (subscriptionId: string): Subscription => ({
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  subscriptionId,
  clientStateSha256: 'hash',
  expiresAt: 1,
});

function ledgerOver(before: ReadonlyMap<string, Subscription>) {
  const sent: OutRecord[] = [];
  const send = (records: readonly OutRecord[]) => Promise.resolve(void sent.push(...records));
  return { ledger: createLedger(topics.subscriptions, before, send), sent };
}

test('a new entry is sent under its key', async () => {
  const { ledger, sent } = ledgerOver(new Map());
  expect(await ledger.publish('k', entry('one'))).toBe(true);
  expect(sent).toEqual([{ topic: topics.subscriptions, key: 'k', value: entry('one'), partitionKey: 'k' }]);
});

test('an entry that did not change is not sent, whatever the order of its members', async () => {
  const { subscriptionId, ...rest } = entry('one');
  const { ledger, sent } = ledgerOver(new Map([['k', entry('one')]]));
  expect(await ledger.publish('k', { subscriptionId, ...rest })).toBe(false);
  expect(sent).toEqual([]);
});

test('what was written is known before the table tells it', async () => {
  const { ledger, sent } = ledgerOver(new Map([['k', entry('old')]]));
  await ledger.publish('k', entry('new'));
  expect(ledger.get('k')).toEqual(entry('new'));
  await ledger.publish('k', entry('new'));
  expect(sent).toHaveLength(1);
});

test('an entry that was not acknowledged is sent again', async () => {
  const failing = createLedger(topics.subscriptions, new Map(), () => Promise.reject(new Error('away')));
  await expect(failing.publish('k', entry('one'))).rejects.toThrow('away');
  expect(failing.get('k')).toBeUndefined();
});
