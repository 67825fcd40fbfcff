import { fakeGraph, membersOf, openBudget, refusal, ROOT } from '../fake-graph.ts';
import type { Answer } from '../fake-graph.ts';
import { createItemCall, deleteItemCall, updateItemCall } from '../operations/item-calls.ts';

const list = { siteId: 'example.com,s,w', listId: 'l' };
const calls = (count: number) =>
  Array.from({ length: count }, (_, n) => createItemCall(list, { Title: `item ${n}` }));

/** Answers a batch of any size with 201 for each member, last member first. */
function created(ids: readonly number[]): Answer {
  const responses = ids.map((id) => ({ id: String(id), status: 201, headers: {}, body: { id: `i${id}` } }));
  return { status: 200, body: { responses: responses.reverse() } };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

describe('batch', () => {
  it('sends paths without host and version, and headers only where they mean something', async () => {
    const { client, sent } = fakeGraph([created([1, 2, 3, 4])]);
    const link = `${ROOT}/sites/s/lists/l/items/9?$expand=fields`;
    await client.batch(
      [
        createItemCall(list, { Title: 'A' }),
        updateItemCall(list, '69', { Employees: 7 }, '"a,2"'),
        deleteItemCall(list, '70', null),
        { method: 'GET', path: link, units: 1 },
      ],
      0,
    );
    const items = '/sites/example.com,s,w/lists/l/items';
    const json = { 'Content-Type': 'application/json' };
    expect(sent[0]).toMatchObject({ method: 'POST', url: `${ROOT}/$batch` });
    expect(sent[0]?.body).toEqual({
      requests: [
        { id: '1', method: 'POST', url: items, headers: json, body: { fields: { Title: 'A' } } },
        {
          id: '2',
          method: 'PATCH',
          url: `${items}/69/fields`,
          headers: { ...json, 'If-Match': '"a,2"' },
          body: { Employees: 7 },
        },
        { id: '3', method: 'DELETE', url: `${items}/70` },
        { id: '4', method: 'GET', url: '/sites/s/lists/l/items/9?$expand=fields' },
      ],
    });
  });

  it('answers in the order of the calls, whatever the order of the answers', async () => {
    const { client } = fakeGraph([created([1, 2, 3])]);
    expect(await client.batch(calls(3), 0)).toMatchObject([
      { body: { id: 'i1' } },
      { body: { id: 'i2' } },
      { body: { id: 'i3' } },
    ]);
  });

  it('keeps the refusals of members as values', async () => {
    const responses = [
      { id: '1', status: 412, headers: {}, body: refusal('resourceModified') },
      { id: '2', status: 204, body: {} },
      { id: '3', status: 500, body: refusal('generalException', 'duplicate values were found') },
    ];
    const { client } = fakeGraph([{ status: 200, body: { responses } }]);
    expect(await client.batch(calls(3), 0)).toMatchObject([
      { status: 412 },
      { status: 204 },
      { status: 500 },
    ]);
  });

  it.each(['Retry-After', 'retry-after', 'RETRY-AFTER'])(
    'puts errors in the place of members, and reads %s',
    async (name) => {
      const responses = [
        { id: '2', status: 201, headers: {}, body: { id: '7' } },
        { id: '1', status: 429, headers: { [name]: '10' }, body: refusal('activityLimitReached') },
        { id: '3', status: 424, headers: {}, body: refusal('failedDependency') },
      ];
      const { client } = fakeGraph([{ status: 200, body: { responses } }]);
      const replies = await client.batch(calls(4), 0);
      expect(replies).toMatchObject([
        { code: 'GRAPH_THROTTLED', retryAfterMs: 10_000 },
        { status: 201 },
        { code: 'GRAPH_UNAVAILABLE' },
        { code: 'GRAPH_UNAVAILABLE' },
      ]);
      expect(replies.map((reply) => reply instanceof Error)).toEqual([true, false, true, true]);
    },
  );

  it('closes the gate for the longest silence that a member asks for', async () => {
    const responses = [
      { id: '1', status: 429, headers: { 'Retry-After': 20 } },
      { id: '2', status: 429, headers: { 'Retry-After': 5 } },
    ];
    const { client, sent, advance } = fakeGraph([{ status: 200, body: { responses } }, created([1])]);
    await client.batch(calls(2), 0);
    const waiting = client.batch(calls(1), 0);
    advance(19_999);
    expect(sent).toHaveLength(1);
    advance(1);
    await waiting;
    expect(sent).toHaveLength(2);
  });

  it('reads the members also when the batch as a whole answers 424', async () => {
    const { client } = fakeGraph([
      { status: 424, body: { responses: [{ id: '1', status: 201, body: {} }] } },
    ]);
    expect(await client.batch(calls(1), 0)).toMatchObject([{ status: 201 }]);
  });

  it('drops the token when a member says that it is refused', async () => {
    const { client, dropped } = fakeGraph([{ status: 200, body: { responses: [{ id: '1', status: 401 }] } }]);
    expect(await client.batch(calls(1), 0)).toMatchObject([{ code: 'GRAPH_UNAUTHORIZED' }]);
    expect(dropped).toEqual(['token-0']);
  });

  it('splits after 20 calls', async () => {
    const { client, sent } = fakeGraph([created(upTo(20)), created(upTo(20)), created(upTo(5))]);
    const replies = await client.batch(calls(45), 0);
    expect(replies).toHaveLength(45);
    expect(sent.map(membersOf)).toEqual([20, 20, 5]);
  });

  it('splits so that no part costs more than can ever be granted at once', async () => {
    const budget = { ...openBudget(), largest: () => 7 };
    const { client, sent } = fakeGraph([created(upTo(3)), created(upTo(1))], { budget });
    await client.batch(calls(4), 3);
    expect(sent.map(membersOf)).toEqual([3, 1]);
  });

  it('splits before a body gets too large', async () => {
    const { client, sent } = fakeGraph([created([1]), created([1])]);
    await client.batch(
      [
        createItemCall(list, { Notes: 'x'.repeat(600_000) }),
        createItemCall(list, { Notes: 'x'.repeat(600_000) }),
      ],
      0,
    );
    expect(sent).toHaveLength(2);
  });

  it('keeps the answers of one part when another part fails', async () => {
    const { client } = fakeGraph([created(upTo(20)), new TypeError('fetch failed')]);
    const replies = await client.batch(calls(21), 0);
    expect(replies[19]).toMatchObject({ status: 201 });
    expect(replies[20]).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  it('fails every member when the batch is throttled as a whole', async () => {
    const { client } = fakeGraph([{ status: 429, headers: { 'Retry-After': '3' } }]);
    expect(await client.batch(calls(2), 0)).toMatchObject([
      { code: 'GRAPH_THROTTLED' },
      { code: 'GRAPH_THROTTLED' },
    ]);
  });

  it('crashes on a batch that Graph finds malformed', async () => {
    const { client } = fakeGraph([
      { status: 400, body: refusal('BadRequest', 'Invalid batch payload format.') },
    ]);
    await expect(client.batch(calls(1), 0)).rejects.toThrow('built wrongly');
  });

  it('charges every member', async () => {
    const taken: number[] = [];
    const budget = {
      ...openBudget(),
      take: (units: number) => ({ granted: taken.push(units) > 0 }) as { granted: true },
    };
    const { client } = fakeGraph([created(upTo(3))], { budget });
    await client.batch(calls(3), 0);
    expect(taken).toEqual([6]);
  });
});
