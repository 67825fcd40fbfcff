import type { ObjectConfig, TwentyMetadata, WorkspaceConfig } from '@sync/core';
import { byApplication, listNameOf, targetOf } from './targets.ts';

const object: ObjectConfig = {
  name: 'company',
  list: 'Companies',
  lane: 'p0',
  strategy: 'lastWriteWins',
  fieldStrategies: {},
  pollSeconds: 5,
  massDeleteLimit: 25,
  massOverwriteLimit: 1000,
  adopt: false,
};
const workspace = (workspaceId: string, more: Partial<WorkspaceConfig> = {}): WorkspaceConfig => ({
  workspaceId,
  enabled: true,
  tenantId: 'tenant',
  clientId: 'app',
  credential: 'SECRET',
  siteHost: 'northwind.sharepoint.example',
  sitePath: '/sites/crm',
  listPrefix: 'CRM ',
  objects: [object],
  skewMs: 0,
  tieWinner: 'twenty',
  massWindowMs: 300_000,
  loopLimit: 6,
  loopWindowMs: 600_000,
  ...more,
});
const metadata: TwentyMetadata = {
  workspaceId: 'a',
  schema: 'workspace_a',
  displayName: 'Northwind',
  metadataVersion: 7,
  objects: [
    {
      name: 'company',
      table: 'company',
      custom: false,
      columns: [{ name: 'id', type: 'uuid', nullable: false, options: [] }],
    },
  ],
};

test('a target knows the real columns', () => {
  const target = targetOf(workspace('a'), object, metadata);
  if ('reason' in target) throw new Error(target.reason);
  expect([target.has('id'), target.has('name'), target.metadataVersion]).toEqual([true, false, 7]);
  expect(listNameOf(target)).toBe('CRM Companies');
});

test.each<[string, string, TwentyMetadata | undefined, string]>([
  ['an object without a mapping', 'rocket', metadata, 'no mapping is known for the object rocket'],
  ['an object that the workspace lacks', 'person', metadata, 'the workspace has no active object person'],
  ['a data model not known yet', 'company', undefined, 'the data model of the workspace is not known yet'],
])('%s is no target', (_what, name, known, reason) => {
  expect(targetOf(workspace('a'), { ...object, name }, known)).toEqual({ reason });
});

test('workspaces are grouped by application; those that are switched off are left out', () => {
  const groups = byApplication([
    workspace('a'),
    workspace('b', { tenantId: 'other' }),
    workspace('c'),
    workspace('d', { enabled: false }),
    workspace('e', { clientId: 'other' }),
  ]);
  expect(groups.map((group) => group.map(({ workspaceId }) => workspaceId))).toEqual([
    ['a', 'c'],
    ['b'],
    ['e'],
  ]);
});
