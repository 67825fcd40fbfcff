import type { Subscription } from '@sync/core';
import { indexSubscriptions } from './subscription-index.ts';

const made = (subscriptionId: string): Subscription => ({
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  subscriptionId,
  clientStateSha256: '',
  expiresAt: 1,
});

function followed() {
  let change: (key: string, value: Subscription | undefined) => void = () => undefined;
  const find = indexSubscriptions({ onChange: (listener) => void (change = listener) });
  return { find, change: (key: string, value: Subscription | undefined) => change(key, value) };
}

test('a subscription is found by its id', () => {
  const { find, change } = followed();
  const one = made('one');
  change('ws|company', one);
  expect(find('one')).toBe(one);
  expect(find('two')).toBeUndefined();
});

test('a replaced subscription is found no more', () => {
  const { find, change } = followed();
  change('ws|company', made('one'));
  change('ws|company', made('two'));
  expect(find('one')).toBeUndefined();
  expect(find('two')).toBeDefined();
});

test('a forgotten subscription is found no more', () => {
  const { find, change } = followed();
  change('ws|company', made('one'));
  change('ws|company', undefined);
  expect(find('one')).toBeUndefined();
});
