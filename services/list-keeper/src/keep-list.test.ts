import { mappingOf } from '@sync/core';
import type { ListBinding, ObjectMapping, WorkspaceConfig } from '@sync/core';
import { GraphRefusedError } from '@sync/graph';
import { actualColumn } from './column-definition.ts';
import type { Definition } from './column-definition.ts';
import { keepList } from './keep-list.ts';
import type { Sites } from './keep-list.ts';
import type { Target } from './targets.ts';

const mapping = mappingOf('company') as ObjectMapping;
const workspace = {
  workspaceId: 'ws',
  tenantId: 't',
  siteHost: 'host',
  sitePath: '/sites/crm',
  listPrefix: 'CRM ',
};
const object = { name: 'company', list: 'Companies', pollSeconds: 5, adopt: false };
const target = { workspace, object, mapping, metadataVersion: 7, has: () => true } as unknown as Target;

const TITLE: Definition = { name: 'Title', displayName: 'Title', text: {} };
const columnOf = (given: Definition) => ({
  readOnly: false,
  indexed: false,
  enforceUniqueValues: false,
  ...given,
});

/** A site whose lists are kept by id. */
class FakeSite implements Sites {
  readonly lists = new Map<string, { name: string; columns: Definition[] }>();
  readonly calls: string[] = [];
  refuse: string | null = null;
  isFull = false;

  hasItems() {
    return Promise.resolve(this.isFull);
  }

  siteId(_host: string, path: string) {
    return Promise.resolve(path === '/sites/crm' ? 'site' : null);
  }

  find(_siteId: string, name: string) {
    this.calls.push('find');
    const found = [...this.lists].find(([, list]) => list.name === name);
    return Promise.resolve(found === undefined ? null : { id: found[0], webUrl: `url ${found[0]}` });
  }

  create(_siteId: string, name: string, columns: readonly Definition[]) {
    this.calls.push(`create ${name}`);
    const id = `list-${this.lists.size + 1}`;
    this.lists.set(id, { name, columns: [TITLE, ...columns] });
    return Promise.resolve({ id, webUrl: `url ${id}` });
  }

  columns({ listId }: { listId: string }) {
    const columns = this.lists.get(listId)?.columns ?? null;
    return Promise.resolve(columns && columns.map((column) => actualColumn(columnOf(column))));
  }

  addColumn({ listId }: { listId: string }, column: Definition) {
    this.calls.push(`add ${column.name}`);
    const refusal = new GraphRefusedError('create the column', { status: 400, headers: {}, body: null });
    if (column.name === this.refuse) return Promise.reject(refusal);
    return Promise.resolve(void this.lists.get(listId)?.columns.push(column));
  }
}

async function bindingOf(site: FakeSite, before?: ListBinding, aim = target): Promise<ListBinding> {
  const kept = await keepList(aim, before, site);
  if (kept.kind !== 'bound') throw new Error(kept.reason);
  return kept.binding;
}

test('given no list, then it is created with all columns at once', async () => {
  const site = new FakeSite();
  const binding = await bindingOf(site);
  expect(site.calls).toEqual(['find', 'create CRM Companies']);
  expect(binding).toEqual({
    workspaceId: 'ws',
    object: 'company',
    tenantId: 't',
    siteId: 'site',
    listId: 'list-1',
    listName: 'CRM Companies',
    webUrl: 'url list-1',
    fields: mapping.fields.map(({ name }) => name),
    skipped: [],
    pollSeconds: 5,
    metadataVersion: 7,
  });
});

test('given the list it knows, then it asks for the columns and changes nothing', async () => {
  const site = new FakeSite();
  const before = await bindingOf(site);
  site.calls.length = 0;
  expect(await bindingOf(site, before)).toEqual(before);
  expect(site.calls).toEqual([]);
});

test('given a list that people made, then its missing columns are added one by one', async () => {
  const site = new FakeSite();
  site.lists.set('theirs', { name: 'CRM Companies', columns: [TITLE] });
  const binding = await bindingOf(site);
  expect(binding.listId).toBe('theirs');
  expect(site.calls.slice(0, 3)).toEqual(['find', 'add TwentyId', 'add DomainName']);
  expect(site.calls.at(-1)).toBe('add LastSyncedAt');
});

test('given a column was deleted, then it is put back', async () => {
  const site = new FakeSite();
  const before = await bindingOf(site);
  const list = site.lists.get('list-1');
  if (list) list.columns = list.columns.filter(({ name }) => name !== 'Industry');
  expect(await bindingOf(site, before)).toEqual(before);
  expect(site.calls.at(-1)).toBe('add Industry');
});

test('given a column is refused, then its field is skipped and the others are bound', async () => {
  const site = new FakeSite();
  site.lists.set('theirs', { name: 'CRM Companies', columns: [TITLE] });
  site.refuse = 'Industry';
  const { fields, skipped } = await bindingOf(site);
  expect(fields).not.toContain('industry');
  expect(skipped).toMatchObject([{ field: 'industry' }]);
  expect(fields).toHaveLength(mapping.fields.length - 1);
});

test('given the list was deleted, then it is made again', async () => {
  const site = new FakeSite();
  const before = await bindingOf(site);
  site.lists.clear();
  site.lists.set('unrelated', { name: 'Holidays', columns: [] });
  expect((await bindingOf(site, before)).listId).toBe('list-2');
});

test('given the list was renamed by people, then it stays the list', async () => {
  const site = new FakeSite();
  const before = await bindingOf(site);
  const list = site.lists.get('list-1');
  if (list) list.name = 'Customers';
  expect((await bindingOf(site, before)).listId).toBe('list-1');
});

test('given another name in the configuration, then another list is used', async () => {
  const site = new FakeSite();
  const before = await bindingOf(site);
  const renamed: Target = { ...target, object: { ...target.object, list: 'Customers' } };
  expect(await bindingOf(site, before, renamed)).toMatchObject({
    listId: 'list-2',
    listName: 'CRM Customers',
  });
});

test('given no such site, then it says so', async () => {
  const elsewhere: WorkspaceConfig = { ...target.workspace, sitePath: '/sites/none' };
  expect(await keepList({ ...target, workspace: elsewhere }, undefined, new FakeSite())).toEqual({
    kind: 'unusable',
    reason: 'there is no site /sites/none on host, or the application may not see it',
  });
});

describe('a list that holds items though nothing is mapped', () => {
  function fullSite(): FakeSite {
    const site = new FakeSite();
    site.lists.set('l7', { name: 'CRM Companies', columns: [TITLE] });
    site.isFull = true;
    return site;
  }

  test('is refused, and nothing is changed in it', async () => {
    const site = fullSite();
    const kept = await keepList(target, undefined, site);
    expect(kept).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('set adopt: true') });
    expect(site.calls).toEqual(['find']);
  });

  test('is taken when the configuration says so', async () => {
    const adopting = { ...target, object: { ...object, adopt: true } } as unknown as Target;
    expect((await bindingOf(fullSite(), undefined, adopting)).listId).toBe('l7');
  });

  test('is ours when it was bound before', async () => {
    const site = fullSite();
    const before = await bindingOf(new FakeSite());
    site.lists.set(before.listId, { name: 'CRM Companies', columns: [TITLE] });
    expect((await bindingOf(site, before)).listId).toBe(before.listId);
  });
});
