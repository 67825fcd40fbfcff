import { SyncError, topics } from '@sync/core';
import type { ListBinding, OutRecord, TwentyMetadata, WorkspaceConfig } from '@sync/core';
import { createAgenda } from './agenda.ts';
import { actualColumn, definitionOf } from './column-definition.ts';
import type { Sites } from './keep-list.ts';
import { keepLists } from './keep-lists.ts';
import type { ListParts } from './keep-lists.ts';
import { createLedger } from './ledger.ts';

const column = { type: 'text', nullable: true, options: [] };
const metadata: TwentyMetadata = {
  workspaceId: 'a',
  schema: 's',
  displayName: 'Northwind',
  metadataVersion: 1,
  objects: [{ name: 'company', table: 'company', custom: false, columns: [{ ...column, name: 'id' }] }],
};

const configOf = (workspaceId: string): WorkspaceConfig => ({
  workspaceId,
  enabled: true,
  tenantId: `tenant of ${workspaceId}`,
  clientId: 'app',
  credential: 'SECRET',
  siteHost: 'host',
  sitePath: '/sites/crm',
  listPrefix: '',
  objects: [
    {
      name: 'company',
      list: 'Companies',
      lane: 'p0',
      strategy: 'lastWriteWins',
      fieldStrategies: {},
      pollSeconds: 5,
      massDeleteLimit: 25,
      massOverwriteLimit: 1000,
      adopt: false,
    },
  ],
  skewMs: 0,
  tieWinner: 'twenty',
  massWindowMs: 300_000,
  loopLimit: 6,
  loopWindowMs: 600_000,
});

const needed = [
  definitionOf({ name: 'TwentyId', displayName: '', facet: 'text', unique: true }),
  definitionOf({ name: 'LastSyncedAt', displayName: '', facet: 'dateTime' }),
].map((definition) =>
  actualColumn({ readOnly: false, indexed: false, enforceUniqueValues: false, ...definition }),
);

const sites: Sites = {
  siteId: () => Promise.resolve('site'),
  find: () => Promise.resolve({ id: 'list', webUrl: 'url' }),
  create: () => Promise.reject(new Error('the list exists')),
  columns: () => Promise.resolve(needed),
  hasItems: () => Promise.resolve(false),
  addColumn: () => Promise.reject(new Error('nothing is missing')),
};

/** `failing` names the workspace whose Graph is throttled. */
function world(workspaces: readonly string[], failing?: string) {
  const clock = { now: 0, owned: true };
  const sent: OutRecord[] = [];
  const kept = new Map<string, ListBinding>();
  const send = async (records: readonly OutRecord[]): Promise<void> => {
    sent.push(...records);
    for (const { key, value } of records) kept.set(key, value as ListBinding);
  };
  const warned: object[] = [];
  const asked: string[] = [];
  const throttled = new SyncError('GRAPH_THROTTLED', 'slow down', { retryAfterMs: 20_000 });
  const parts: ListParts = {
    owns: () => clock.owned,
    agenda: createAgenda(),
    checkMs: 60_000,
    configs: new Map(workspaces.map((id) => [id, configOf(id)])),
    metadata: { get: () => metadata },
    lists: createLedger(topics.lists, kept, send),
    sitesOf: ({ workspaceId }) => {
      asked.push(workspaceId);
      return workspaceId === failing ? { ...sites, siteId: () => Promise.reject(throttled) } : sites;
    },
    now: () => clock.now,
    log: { info: () => undefined, warn: (detail) => void warned.push(detail) },
    metrics: { count: () => undefined },
  };
  return { parts, clock, sent, warned, asked };
}

test('a list is bound once and looked at again after the check time', async () => {
  const { parts, clock, sent, asked } = world(['a']);
  await keepLists(parts);
  await keepLists(parts);
  expect(asked).toEqual(['a']);
  clock.now = 60_000;
  await keepLists(parts);
  expect(asked).toEqual(['a', 'a']);
  expect(sent.map(({ key }) => key)).toEqual(['a|company']);
  expect((sent[0]?.value as ListBinding).fields).toEqual(['identity']);
});

test('an instance that stands by looks at nothing, and goes on when the lists are its own', async () => {
  const { parts, clock, asked } = world(['a']);
  clock.owned = false;
  await keepLists(parts);
  expect(asked).toEqual([]);
  clock.owned = true;
  await keepLists(parts);
  expect(asked).toEqual(['a']);
});

test('a change of the workspace makes its lists due at once', async () => {
  const { parts, asked } = world(['a']);
  await keepLists(parts);
  parts.agenda.hurry('a|');
  await keepLists(parts);
  expect(asked).toEqual(['a', 'a']);
});

test('a throttled tenant waits as long as Graph says, and the others are bound', async () => {
  const { parts, clock, sent, asked, warned } = world(['a', 'b'], 'a');
  await keepLists(parts);
  expect(sent.map(({ key }) => key)).toEqual(['b|company']);
  expect(warned).toEqual([{ binding: 'a|company', reason: 'slow down' }]);
  clock.now = 19_999;
  await keepLists(parts);
  expect(asked).toEqual(['a', 'b']);
  clock.now = 20_000;
  await keepLists(parts);
  expect(asked).toEqual(['a', 'b', 'a']);
});

test('a bug is thrown', async () => {
  const { parts } = world(['a']);
  const broken: ListParts = {
    ...parts,
    sitesOf: () => ({ ...sites, columns: () => Promise.reject(new TypeError('bug')) }),
  };
  await expect(keepLists(broken)).rejects.toThrow('bug');
});
