import type { Subscription } from '@sync/core';
import { lifeOf, planSubscription } from './plan-subscription.ts';
import type { ActualSubscription, WantedSubscription } from './plan-subscription.ts';

const wanted: WantedSubscription = {
  resource: 'sites/s/lists/l',
  notificationUrl: 'https://sync.example/graph/notifications',
  clientStateSha256: 'hash',
  lifeMs: 1000,
};
const known: Subscription = {
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  subscriptionId: 'one',
  clientStateSha256: 'hash',
  expiresAt: 900,
};
const actual = (id: string, more: Partial<ActualSubscription> = {}): ActualSubscription => ({
  id,
  resource: wanted.resource,
  notificationUrl: wanted.notificationUrl,
  expiresAt: 900,
  ...more,
});

interface Case {
  readonly known?: Subscription | undefined;
  readonly actual: readonly ActualSubscription[];
  readonly now?: number;
  readonly action: 'keep' | 'renew' | 'create';
  readonly surplus?: readonly string[];
}

test.each<[string, Case]>([
  ['none', { known: undefined, actual: [], action: 'create' }],
  ['the one we know', { actual: [actual('one')], action: 'keep' }],
  [
    'the one we know, told in other case',
    { actual: [actual('one', { resource: 'Sites/S/lists/L' })], action: 'keep' },
  ],
  ['the one we know, at half its life', { actual: [actual('one')], now: 400, action: 'keep' }],
  ['the one we know, past half its life', { actual: [actual('one')], now: 401, action: 'renew' }],
  ['the one we know, expired', { actual: [actual('one')], now: 900, action: 'create', surplus: ['one'] }],
  [
    'the one we know, of unknown life',
    { actual: [actual('one', { expiresAt: NaN })], action: 'create', surplus: ['one'] },
  ],
  ['the one we know is gone', { actual: [], action: 'create' }],
  ['two of ours', { actual: [actual('two'), actual('one')], action: 'keep', surplus: ['two'] }],
  [
    'one of ours that we do not know',
    { known: undefined, actual: [actual('two')], action: 'create', surplus: ['two'] },
  ],
  [
    'one of another list',
    { actual: [actual('one'), actual('two', { resource: 'sites/s/lists/other' })], action: 'keep' },
  ],
  [
    'one of another installation',
    { actual: [actual('one'), actual('two', { notificationUrl: 'x' })], action: 'keep' },
  ],
  [
    'ours with our old address',
    { actual: [actual('one', { notificationUrl: 'old' })], action: 'create', surplus: ['one'] },
  ],
  [
    'ours on the old list',
    { actual: [actual('one', { resource: 'old' })], action: 'create', surplus: ['one'] },
  ],
  [
    'ours with the old secret',
    {
      known: { ...known, clientStateSha256: 'old' },
      actual: [actual('one')],
      action: 'create',
      surplus: ['one'],
    },
  ],
])('%s', (_what, given) => {
  const plan = planSubscription(wanted, 'known' in given ? given.known : known, given.actual, given.now ?? 0);
  expect(plan.action.kind).toBe(given.action);
  expect(plan.surplus).toEqual(given.surplus ?? []);
});

test.each([
  [60, 3_600_000],
  [42_240, 42_240 * 60_000],
  [42_300, 42_240 * 60_000],
])('a life of %i minutes is %i ms', (minutes, ms) => {
  expect(lifeOf(minutes)).toBe(ms);
});
