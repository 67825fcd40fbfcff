import { fakeGraph, refusal, ROOT } from '../fake-graph.ts';
import { createColumn, ensureColumns, listColumns } from './columns.ts';
import { createList, findList } from './lists.ts';
import { siteByPath } from './sites.ts';

const siteId = 'example.com,s,w';
const list = { siteId, listId: 'l' };
const columns = `${ROOT}/sites/${siteId}/lists/l/columns`;
const twentyId = { name: 'TwentyId', indexed: true, enforceUniqueValues: true, text: { maxLength: 36 } };

describe('siteByPath', () => {
  it.each([
    ['/sites/crm', `${ROOT}/sites/example.com:/sites/crm`],
    ['sites/crm & co/', `${ROOT}/sites/example.com:/sites/crm%20%26%20co`],
    ['/', `${ROOT}/sites/example.com`],
  ])('asks for %s', async (path, url) => {
    const { client, sent } = fakeGraph([
      { status: 200, body: { id: siteId, displayName: 'CRM', webUrl: 'https://x' } },
    ]);
    expect(await siteByPath(client, 'example.com', path)).toEqual({
      id: siteId,
      displayName: 'CRM',
      webUrl: 'https://x',
    });
    expect(sent[0]?.url).toBe(url);
  });

  it('answers null for a site that is not there', async () => {
    const { client } = fakeGraph([{ status: 404 }]);
    expect(await siteByPath(client, 'example.com', '/sites/x')).toBeNull();
  });
});

describe('findList', () => {
  const lists = [
    { id: '1', name: 'Companies', displayName: 'Old companies' },
    { id: '2', name: 'Companies1', displayName: 'Companies' },
  ];

  it('prefers the title to the name in the URL', async () => {
    const { client } = fakeGraph([{ status: 200, body: { value: lists } }]);
    expect((await findList(client, siteId, 'companies'))?.id).toBe('2');
  });

  it('finds a list that a user renamed', async () => {
    const { client } = fakeGraph([{ status: 200, body: { value: lists.slice(0, 1) } }]);
    expect((await findList(client, siteId, 'Companies'))?.id).toBe('1');
  });

  it('answers null when there is none', async () => {
    const { client } = fakeGraph([{ status: 200, body: { value: lists } }]);
    expect(await findList(client, siteId, 'People')).toBeNull();
  });
});

describe('createList', () => {
  it('creates all columns in the same request', async () => {
    const { client, sent } = fakeGraph([
      { status: 201, body: { id: '3', name: 'People', displayName: 'People' } },
    ]);
    expect((await createList(client, siteId, 'People', [twentyId])).id).toBe('3');
    expect(sent[0]?.body).toEqual({
      displayName: 'People',
      columns: [twentyId],
      list: { template: 'genericList' },
    });
  });

  it('answers the list that was there already', async () => {
    const { client } = fakeGraph([
      { status: 409, body: refusal('nameAlreadyExists') },
      { status: 200, body: { value: [{ id: '4', displayName: 'People' }] } },
    ]);
    expect((await createList(client, siteId, 'People', [])).id).toBe('4');
  });

  it('fails loudly when Graph refuses', async () => {
    const { client } = fakeGraph([{ status: 400, body: refusal('invalidRequest', 'bad column') }]);
    await expect(createList(client, siteId, 'People', [])).rejects.toThrow(
      'create the list People: 400 invalidRequest',
    );
  });
});

describe('columns', () => {
  it('are read with what decides about them', async () => {
    const { client, sent } = fakeGraph([{ status: 200, body: { value: [{ ...twentyId, id: 'c' }] } }]);
    expect(await listColumns(client, list)).toMatchObject([
      {
        id: 'c',
        name: 'TwentyId',
        displayName: 'TwentyId',
        indexed: true,
        enforceUniqueValues: true,
        readOnly: false,
      },
    ]);
    expect(sent[0]?.url).toBe(columns);
  });

  it('count as created when a save conflict hid it', async () => {
    const { client } = fakeGraph([
      { status: 409, body: refusal('resourceModified', 'Save Conflict') },
      { status: 200, body: { value: [{ ...twentyId, id: 'c' }] } },
    ]);
    expect((await createColumn(client, list, twentyId)).id).toBe('c');
  });

  it('do not count as created when they are not there', async () => {
    const { client } = fakeGraph([{ status: 409 }, { status: 200, body: { value: [] } }]);
    await expect(createColumn(client, list, twentyId)).rejects.toThrow('create the column TwentyId');
  });

  it('are created one after another, and only those that are missing', async () => {
    const running = { now: 0, most: 0 };
    const names: string[] = [];
    const send = async ({ method, body }: { method: string; body?: unknown }) => {
      running.most = Math.max(running.most, (running.now += 1));
      await Promise.resolve();
      running.now -= 1;
      if (method === 'GET') return { status: 200, headers: {}, body: { value: [{ id: 'a', name: 'A' }] } };
      const { name } = body as { name: string };
      names.push(name);
      return { status: 201, headers: {}, body: { id: name, name } };
    };
    await ensureColumns({ send, batch: async () => [] }, list, [{ name: 'A' }, { name: 'B' }, { name: 'C' }]);
    expect(names).toEqual(['B', 'C']);
    expect(running.most).toBe(1);
  });
});
