import { sharepointGone, sharepointVersion, topics } from '@sync/core';
import type { ItemIndex, Mapping, OutRecord, SharePointChange } from '@sync/core';
import { lookAgain } from './look-again.ts';
import { createOwners, isBehind } from './owners.ts';
import type { PublishParts } from './round.ts';

const LIST = { workspaceId: 'ws', object: 'company', tenantId: 't', siteId: 's', listId: 'l' };
const KEY = 't|s|l|7';
const at = (generation: number, number: number) =>
  sharepointVersion({ itemId: '7', generation, etag: `"u,${number}"` });
const end = (generation: number) => sharepointGone({ itemId: '7', generation });
const alive = (generation: number): ItemIndex => ({
  recordId: 'r7',
  generation,
  deleted: false,
  version: at(generation, 1),
});

function mapping(itemId: string | null, version: string): Mapping {
  const status = itemId === null ? 'deleted' : 'synced';
  return {
    ...LIST,
    ...{ recordId: 'r7', itemId, etag: null, status, version },
    ...{ lastSyncedAt: 1, lastSide: 'sharepoint', errors: {} },
  };
}

/** What is told of item 7 once the mapping came, `stands` being whether the item is there. */
async function told(index: ItemIndex | undefined, given: Mapping, stands: boolean) {
  const owners = createOwners({ note: () => undefined });
  owners.note(given);
  const entries = new Map(index === undefined ? [] : [[KEY, index]]);
  const changes: SharePointChange[] = [];
  let reads = 0;
  const item = { id: '7', etag: '"u,9"', modifiedAt: 1, modifiedBy: 'user', fields: {} } as const;
  const parts = {
    list: LIST,
    feed: { item: () => (reads++, Promise.resolve(stands ? item : null)) },
    indexOf: (key: string) => entries.get(key),
    ownerOf: () => 'r7',
    isLeft: () => false,
    now: () => 5,
    onPublished: () => undefined,
    send: (records: readonly OutRecord[]) => {
      for (const { topic, key, value } of records)
        if (topic === topics.items) entries.set(key, value as ItemIndex);
        else changes.push(value as SharePointChange);
      return Promise.resolve();
    },
  } as unknown as PublishParts;
  await lookAgain(owners.lives, parts);
  return { versions: changes.map(({ op, version }) => `${op} ${version}`), reads, left: owners.lives.size };
}

test('given an item that a writer found gone, when it is there again, then it is told in its next life', async () => {
  const { versions, left } = await told(alive(0), mapping(null, end(0)), true);
  expect(versions).toEqual([`upsert ${at(1, 9)}`]);
  expect(left).toBe(0);
});

test('given an item that a writer found gone, when it is gone, then its end is told', async () => {
  expect((await told(alive(0), mapping(null, end(0)), false)).versions).toEqual([`delete ${end(0)}`]);
});

test.each([
  [true, `upsert ${at(2, 9)}`],
  [false, `delete ${end(2)}`],
])(
  'given a writer that saw a later life, when the item is there: %s, then that life is told',
  async (stands, expected) => {
    expect((await told(alive(0), mapping('7', at(2, 4)), stands)).versions).toEqual([expected]);
  },
);

test('given a life that the feed knows of, then nothing is read', async () => {
  const deleted = { ...alive(0), deleted: true };
  expect(await told(deleted, mapping(null, end(0)), true)).toEqual({ versions: [], reads: 0, left: 0 });
  expect(await told(alive(1), mapping(null, end(0)), true)).toEqual({ versions: [], reads: 0, left: 0 });
  expect(await told(alive(0), mapping('7', at(0, 4)), true)).toEqual({ versions: [], reads: 0, left: 0 });
});

test('given an item that the feed has not told of, then the end of its life is remembered', async () => {
  expect(await told(undefined, mapping(null, end(0)), true)).toEqual({ versions: [], reads: 0, left: 1 });
  expect(isBehind(alive(0), { generation: 0, isEnd: true })).toBe(true);
});
