import { sharepointGone, sharepointVersion } from '@sync/core';
import type { Mapping } from '@sync/core';
import { createOwners } from './owners.ts';

const LIST = { workspaceId: 'ws', object: 'company', tenantId: 't', siteId: 's', listId: 'l' };

function mapping(itemId: string | null, version: string, listId = 'l'): Mapping {
  return { ...LIST, listId, recordId: 'r', itemId, version } as unknown as Mapping;
}

const alive = (itemId: string, listId?: string): Mapping =>
  mapping(itemId, sharepointVersion({ itemId, generation: 0, etag: '"u,1"' }), listId);
const dead = (itemId: string): Mapping => mapping(null, sharepointGone({ itemId, generation: 0 }));

function after(...mappings: readonly Mapping[]) {
  const owners = createOwners({ note: () => undefined });
  return { owners, told: mappings.map((one) => owners.note(one)) };
}

test('given a record that goes on in another item, then it has left the first, and both are told', () => {
  const { owners, told } = after(alive('9'), alive('10'));
  expect(told).toEqual([['t|s|l|9'], ['t|s|l|9', 't|s|l|10']]);
  expect([owners.isLeft('t|s|l|9', 'r'), owners.isLeft('t|s|l|10', 'r')]).toEqual([true, false]);
  expect(owners.isLeft('t|s|l|9', 'another')).toBe(false);
});

test.each<[string, readonly Mapping[]]>([
  ['died in the other', [alive('9'), alive('10'), dead('10')]],
  ['is named with the first once more, late', [alive('10'), alive('9')]],
])('given a record that %s, then it has left the first all the same', (_what, mappings) => {
  expect(after(...mappings).owners.isLeft('t|s|l|9', 'r')).toBe(true);
});

test('given a new list, then the items of the two do not compare', () => {
  const { owners } = after(alive('9'), alive('1', 'l2'), alive('2', 'l2'));
  expect([owners.isLeft('t|s|l|9', 'r'), owners.isLeft('t|s|l2|1', 'r')]).toEqual([false, true]);
});
