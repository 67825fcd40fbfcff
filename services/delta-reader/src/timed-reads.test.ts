import type { ListBinding } from '@sync/core';
import { dueLists } from './timed-reads.ts';

const binding = (tenantId: string, pollSeconds: number): [string, ListBinding] => [
  `ws|${tenantId}`,
  {
    workspaceId: 'ws',
    object: 'company',
    tenantId,
    siteId: 's',
    listId: 'l',
    listName: 'Companies',
    webUrl: '',
    fields: [],
    skipped: [],
    pollSeconds,
    metadataVersion: 1,
  },
];

/** Every list was read 5 s ago. */
const readLately = { isDue: (_key: string, pollMs: number) => pollMs <= 5000 };

test.each([
  ['due and ours', 'ours', 5, ['ours|s|l']],
  ['not due', 'ours', 6, []],
  ['of a tenant that another instance reads', 'theirs', 5, []],
])('a list that is %s', (_what, tenantId, pollSeconds, expected) => {
  const owns = (tenant: string): boolean => tenant === 'ours';
  expect(dueLists([binding(tenantId, pollSeconds)], readLately, owns, 0)).toEqual(expected);
});
