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

function ledgerOver(before: readonly (readonly [string, Subscription])[] = []) {
  const sent: OutRecord[] = [];
  const store = new Map(before);
  const send = async (records: readonly OutRecord[]): Promise<void> => {
    sent.push(...records);
    for (const { key, value } of records) store.set(key, value as Subscription);
  };
  return { ledger: createLedger(topics.subscriptions, store, send), sent, store };
}

test('a new entry is sent under its key', async () => {
  const { ledger, sent } = ledgerOver();
  expect(await ledger.publish('k', entry('one'))).toBe(true);
  expect(sent).toEqual([{ topic: topics.subscriptions, key: 'k', value: entry('one'), partitionKey: 'k' }]);
});

test('an entry that did not change is not sent, whatever the order of its members', async () => {
  const { subscriptionId, ...rest } = entry('one');
  const { ledger, sent } = ledgerOver([['k', entry('one')]]);
  expect(await ledger.publish('k', { subscriptionId, ...rest })).toBe(false);
  expect(sent).toEqual([]);
});

test('what another instance has written since is what an entry is compared with', async () => {
  const { ledger, sent, store } = ledgerOver();
  await ledger.publish('k', entry('mine'));
  store.set('k', entry('of the other'));
  expect(ledger.get('k')).toEqual(entry('of the other'));
  await ledger.publish('k', entry('mine'));
  expect(sent).toHaveLength(2);
});

test('an entry that was not acknowledged is sent again', async () => {
  const failing = createLedger(topics.subscriptions, new Map(), () => Promise.reject(new Error('away')));
  await expect(failing.publish('k', entry('one'))).rejects.toThrow('away');
  expect(failing.get('k')).toBeUndefined();
});
