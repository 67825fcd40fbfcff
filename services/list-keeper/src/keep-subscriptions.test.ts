import { SyncError, topics } from '@sync/core';
import type { ListBinding, OutRecord, WorkspaceConfig } from '@sync/core';
import type { GraphClient, GraphReply } from '@sync/graph';
import { createAgenda } from './agenda.ts';
import { keepSubscriptions } from './keep-subscriptions.ts';
import type { SubscriberParts } from './keep-subscriptions.ts';
import { createLedger } from './ledger.ts';

const config = {
  workspaceId: 'ws',
  enabled: true,
  tenantId: 't',
  clientId: 'app',
  objects: [{ name: 'company' }, { name: 'person' }, { name: 'opportunity' }],
} as unknown as WorkspaceConfig;

const bindingOf = (object: string): [string, ListBinding] => [
  `ws|${object}`,
  { workspaceId: 'ws', object, tenantId: 't', siteId: 's', listId: object } as ListBinding,
];

/** Companies and people have lists, opportunities not yet. */
function world(answer: (method: string) => Partial<GraphReply>) {
  const clock = { now: 0, owned: true };
  const calls: string[] = [];
  const sent: OutRecord[] = [];
  const warned: object[] = [];
  const client: GraphClient = {
    send: ({ method, path }) => {
      calls.push(`${method} ${path}`);
      const made = { id: `sub-${calls.length}`, expirationDateTime: '2030-01-01T00:00:00Z' };
      return Promise.resolve({
        status: 200,
        headers: {},
        body: method === 'GET' ? { value: [] } : made,
        ...answer(method),
      });
    },
    batch: () => Promise.reject(new Error('no batch is sent')),
  };
  const send = (records: readonly OutRecord[]) => Promise.resolve(void sent.push(...records));
  const parts: SubscriberParts = {
    owns: () => clock.owned,
    agenda: createAgenda(),
    checkMs: 60_000,
    configs: new Map([['ws', config]]),
    metadata: new Map(),
    lists: createLedger(topics.lists, new Map(['company', 'person'].map(bindingOf)), send),
    subscriptions: createLedger(topics.subscriptions, new Map(), send),
    sitesOf: () => {
      throw new Error('no site is asked for');
    },
    clientOf: () => client,
    notificationUrl: 'https://sync.example/graph/notifications',
    secret: 'secret',
    lifeMs: 1000,
    now: () => clock.now,
    log: { info: () => undefined, warn: (detail) => void warned.push(detail) },
    metrics: { count: () => undefined },
  };
  return { parts, clock, calls, sent, warned };
}

test('the existing ones are asked for once, then each bound list gets its own', async () => {
  const { parts, calls, sent } = world(() => ({}));
  await keepSubscriptions(parts);
  await keepSubscriptions(parts);
  expect(calls).toEqual(['GET /subscriptions', 'POST /subscriptions', 'POST /subscriptions']);
  expect(sent.map(({ key }) => key)).toEqual(['ws|company', 'ws|person']);
});

test('an instance that stands by asks for nothing', async () => {
  const { parts, clock, calls } = world(() => ({}));
  clock.owned = false;
  await keepSubscriptions(parts);
  expect(calls).toEqual([]);
});

test('an instance that loses the lists meanwhile makes no further subscription', async () => {
  const { parts, clock, calls } = world((method) => {
    if (method === 'POST') clock.owned = false;
    return {};
  });
  await keepSubscriptions(parts);
  expect(calls).toEqual(['GET /subscriptions', 'POST /subscriptions']);
});

test('while the receiver is not reachable it is tried again soon', async () => {
  const { parts, clock, calls, sent, warned } = world((method) =>
    method === 'POST' ? { status: 400, body: null } : {},
  );
  await keepSubscriptions(parts);
  expect([sent, warned.length]).toEqual([[], 2]);
  clock.now = 9999;
  await keepSubscriptions(parts);
  expect(calls).toHaveLength(3);
  clock.now = 10_000;
  await keepSubscriptions(parts);
  expect(calls).toHaveLength(6);
});

test('an outage puts all lists of the application off', async () => {
  const { parts, clock, warned } = world(() => {
    throw new SyncError('GRAPH_UNAVAILABLE', 'away');
  });
  await keepSubscriptions(parts);
  expect(warned).toEqual([
    { binding: 'ws|company', reason: 'away' },
    { binding: 'ws|person', reason: 'away' },
  ]);
  expect(parts.agenda.isDue('ws|company', clock.now + 4999)).toBe(false);
  expect(parts.agenda.isDue('ws|company', clock.now + 5000)).toBe(true);
});
