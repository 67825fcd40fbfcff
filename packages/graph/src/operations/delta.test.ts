import { fakeGraph, refusal, ROOT } from '../fake-graph.ts';
import type { Answer } from '../fake-graph.ts';
import { readDelta } from './delta.ts';

const list = { siteId: 'example.com,s,w', listId: 'l' };
const start = '/sites/example.com,s,w/lists/l/items/delta';
const cursor = `${ROOT}${start}?$expand=fields&token=abc==`;

const item = (id: string, title: string) => ({ id, eTag: `"u${id},1"`, fields: { Title: title } });

async function read(answer: Answer, link: string | null = cursor) {
  const { client, sent } = fakeGraph([answer]);
  return { result: await readDelta(client, list, link), url: sent[0]?.url };
}

async function pageOf(value: unknown[]) {
  const { result } = await read({ status: 200, body: { value, '@odata.deltaLink': cursor } });
  if (result.kind !== 'page') throw new Error(`no page but ${result.kind}`);
  return result.page;
}

describe('the address of a delta read', () => {
  it.each([
    ['no cursor', null, `${ROOT}${start}?$expand=fields`],
    ['latest', 'latest', `${ROOT}${start}?$expand=fields&token=latest`],
    ['a cursor', cursor, cursor],
    [
      'a cursor that lost its expansion',
      `${ROOT}${start}?token=abc`,
      `${ROOT}${start}?token=abc&$expand=fields`,
    ],
    ['a cursor in brackets', `${ROOT}${start}(token='abc')`, `${ROOT}${start}(token='abc')?$expand=fields`],
    [
      'an escaped expansion',
      `${ROOT}${start}?%24expand=fields&token=a`,
      `${ROOT}${start}?%24expand=fields&token=a`,
    ],
  ])('for %s', async (_name, link, url) => {
    expect((await read({ status: 200, body: { value: [] } }, link)).url).toBe(url);
  });

  it.each([
    [null, 2],
    [cursor, 1],
    [`${ROOT}${start}?$expand=fields&$skiptoken=abc`, 2],
    [`${ROOT}${start}?$expand=fields&$deltatoken=abc`, 1],
  ])('has its price: %s', async (link, units) => {
    const asked: number[] = [];
    const send = async (call: { units: number }) => {
      asked.push(call.units);
      return { status: 200, headers: {}, body: { value: [] } };
    };
    await readDelta({ send, batch: async () => [] }, list, link);
    expect(asked).toEqual([units]);
  });
});

describe('a delta page', () => {
  it('tells the last occurrence of an item', async () => {
    const { changes } = await pageOf([item('1', 'old'), item('2', 'other'), item('1', 'new')]);
    expect(changes).toMatchObject([
      { id: '2', deleted: false },
      { id: '1', deleted: false, item: { fields: { Title: 'new' } } },
    ]);
  });

  it('tells a delete in both dialects', async () => {
    const { changes } = await pageOf([
      { id: '3', deleted: { state: 'deleted' } },
      { id: '4', '@removed': { reason: 'deleted' } },
    ]);
    expect(changes).toEqual([
      { id: '3', deleted: true },
      { id: '4', deleted: true },
    ]);
  });

  it('tells an item that was restored after its delete as alive', async () => {
    const { changes } = await pageOf([{ id: '3', deleted: { state: 'deleted' } }, item('3', 'back')]);
    expect(changes).toMatchObject([{ id: '3', deleted: false }]);
  });

  it('tells an item without fields as one to read, not as a blank one', async () => {
    const { changes } = await pageOf([{ id: '5', eTag: '"u5,1"' }]);
    expect(changes).toEqual([{ id: '5', deleted: false, item: null }]);
  });

  it('is incomplete when it holds an error in place of an item', async () => {
    const page = await pageOf([
      refusal('InternalServerError', 'Cannot write a deleted resource'),
      item('1', 'A'),
    ]);
    expect(page.incomplete).toBe(true);
    expect(page.changes).toHaveLength(1);
  });

  it('leaves folders out', async () => {
    const page = await pageOf([
      { ...item('6', 'Archive'), contentType: { id: '0x01200012', name: 'Folder' } },
    ]);
    expect(page).toMatchObject({ changes: [], incomplete: false });
  });

  it('hands on its links', async () => {
    const { result } = await read({ status: 200, body: { value: [], '@odata.nextLink': `${ROOT}/next` } });
    expect(result).toMatchObject({ page: { nextLink: `${ROOT}/next`, deltaLink: null, incomplete: false } });
  });
});

describe('a delta read that goes wrong', () => {
  const fresh = `${ROOT}${start}?$expand=fields&token=fresh`;

  it('starts again where Graph says', async () => {
    const answer = { status: 410, headers: { Location: fresh }, body: refusal('resyncRequired') };
    expect((await read(answer)).result).toEqual({ kind: 'resync', link: fresh });
  });

  it.each([
    ['no address is given', {}],
    ['the address is of another host', { Location: 'https://evil.example.com/v1.0/x' }],
  ])('starts from the beginning when %s', async (_name, headers) => {
    const { result } = await read({ status: 410, headers, body: refusal('resyncRequired') });
    expect(result).toEqual({ kind: 'resync', link: `${start}?$expand=fields` });
  });

  it.each([
    refusal('syncStateNotFound'),
    refusal('badRequest', '', { code: 'resyncChangesUploadDifferences' }),
    {
      error: { code: 'x', innererror: { code: 'y', innererror: { code: 'resyncChangesApplyDifferences' } } },
    },
  ])('knows a resync by its code at any depth: %j', async (body) => {
    expect((await read({ status: 400, body })).result.kind).toBe('resync');
  });

  it('takes any other 400 for a damaged cursor, whatever it says', async () => {
    expect((await read({ status: 400, body: refusal('invalidRequest', 'x') })).result).toEqual({
      kind: 'malformedToken',
    });
  });

  it.each([null, 'latest'])('refuses a 400 without a cursor (%s)', async (link) => {
    await expect(read({ status: 400, body: refusal('invalidRequest') }, link)).rejects.toThrow(
      'read the changes',
    );
  });

  it('tells that the list is gone', async () => {
    expect((await read({ status: 404, body: refusal('itemNotFound') })).result).toEqual({ kind: 'listGone' });
  });
});
