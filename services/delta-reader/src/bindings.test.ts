import type { ListBinding, WorkspaceConfig } from '@sync/core';
import { activeConfig, bindingOf, isOwnLink } from './bindings.ts';

const binding: ListBinding = {
  workspaceId: 'ws',
  object: 'company',
  tenantId: 'tenant',
  siteId: 'site',
  listId: 'list',
  listName: 'Companies',
  webUrl: '',
  fields: [],
  skipped: [],
  pollSeconds: 5,
  metadataVersion: 1,
};

const config: WorkspaceConfig = {
  workspaceId: 'ws',
  enabled: true,
  tenantId: 'tenant',
  clientId: 'app',
  credential: 'SECRET',
  siteHost: 'northwind.sharepoint.example',
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
};

test('a list is found by its key', () => {
  expect(bindingOf('tenant|site|list', [['ws|company', binding]])).toBe(binding);
  expect(bindingOf('tenant|site|other', [['ws|company', binding]])).toBeUndefined();
});

test.each<[string, WorkspaceConfig | undefined, boolean]>([
  ['configured', config, true],
  ['not configured', undefined, false],
  ['switched off', { ...config, enabled: false }, false],
  ['moved to another tenant', { ...config, tenantId: 'other' }, false],
  ['of an object that is no longer synced', { ...config, objects: [] }, false],
])('a list that is %s', (_what, given, active) => {
  expect(activeConfig(binding, given) !== undefined).toBe(active);
});

test.each([
  ['https://graph.microsoft.com/v1.0/sites/s/lists/l/items/delta?token=x', true],
  ['https://graph.microsoft.com.evil.example/v1.0/delta', false],
  ['https://127.0.0.1:5000/v1.0/sites/s', false],
])('%s', (link, own) => {
  expect(isOwnLink(link, 'https://graph.microsoft.com/v1.0')).toBe(own);
});
