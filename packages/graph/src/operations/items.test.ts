import { fakeGraph, refusal, ROOT } from '../fake-graph.ts';
import { enumerateItems, findItemByColumn, hasItems, readItem } from './items.ts';

const list = { siteId: 'example.com,s,w', listId: 'l' };
const items = `${ROOT}/sites/example.com,s,w/lists/l/items`;

describe('readItem', () => {
  it('reads an item with its columns', async () => {
    const { client, sent } = fakeGraph([
      { status: 200, body: { id: '7', eTag: '"u,3"', fields: { Title: 'A' } } },
    ]);
    expect(await readItem(client, list, '7')).toMatchObject({
      id: '7',
      etag: '"u,3"',
      fields: { Title: 'A' },
    });
    expect(sent[0]?.url).toBe(`${items}/7?$expand=fields`);
  });

  it('answers null for an item that is gone', async () => {
    const { client } = fakeGraph([{ status: 404, body: refusal('itemNotFound') }]);
    expect(await readItem(client, list, '7')).toBeNull();
  });
});

describe('hasItems', () => {
  it.each([
    ['an item', [{ id: '7' }], true],
    ['nothing', [], false],
    ['a folder only', [{ id: '7', contentType: { name: 'Folder', id: '0x0120' } }], false],
  ])('of a list with %s', async (_, value, expected) => {
    const { client } = fakeGraph([{ status: 200, body: { value } }]);
    expect(await hasItems(client, list)).toBe(expected);
  });
});

describe('findItemByColumn', () => {
  it.each(["O'Brien", 'a & b', 'c# + 100%', 'ü/漢'])('asks for exactly %s', async (value) => {
    const { client, sent } = fakeGraph([{ status: 200, body: { value: [] } }]);
    expect(await findItemByColumn(client, list, 'TwentyId', value)).toBeNull();
    const query = new URL(sent[0]?.url ?? '').searchParams;
    expect(query.get('$filter')).toBe(`fields/TwentyId eq '${value.replaceAll("'", "''")}'`);
    expect(query.get('$expand')).toBe('fields');
  });

  it('never lifts the check for an index', async () => {
    const { client, sent } = fakeGraph([{ status: 200, body: { value: [] } }]);
    await findItemByColumn(client, list, 'TwentyId', 'x');
    expect(sent[0]?.headers.has('prefer')).toBe(false);
  });

  it('answers the oldest of several, by number', async () => {
    const { client } = fakeGraph([{ status: 200, body: { value: [{ id: '10' }, { id: '9' }] } }]);
    expect((await findItemByColumn(client, list, 'TwentyId', 'x'))?.id).toBe('9');
  });

  it('looks behind an empty page', async () => {
    const { client } = fakeGraph([
      { status: 200, body: { value: [], '@odata.nextLink': `${items}?$skiptoken=a` } },
      { status: 200, body: { value: [{ id: '9' }] } },
    ]);
    expect((await findItemByColumn(client, list, 'TwentyId', 'x'))?.id).toBe('9');
  });

  it('fails loudly on a column without an index', async () => {
    const { client } = fakeGraph([{ status: 400, body: refusal('invalidRequest', 'not indexed') }]);
    await expect(findItemByColumn(client, list, 'Title', 'x')).rejects.toMatchObject({
      name: 'GraphRefusedError',
      status: 400,
    });
  });
});

describe('enumerateItems', () => {
  it('reads page after page and leaves folders out', async () => {
    const { client, sent } = fakeGraph([
      { status: 200, body: { value: [{ id: '1' }], '@odata.nextLink': `${items}?$skiptoken=a` } },
      { status: 200, body: { value: [{ id: '2', contentType: { id: '0x0120AB' } }, { id: '3' }] } },
    ]);
    const ids: string[] = [];
    for await (const item of enumerateItems(client, list)) ids.push(item.id);
    expect(ids).toEqual(['1', '3']);
    expect(sent.map(({ url }) => url)).toEqual([`${items}?$expand=fields&$top=200`, `${items}?$skiptoken=a`]);
  });
});
