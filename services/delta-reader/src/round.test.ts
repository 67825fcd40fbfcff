import { topics } from '@sync/core';
import type { ItemIndex, OutRecord } from '@sync/core';
import type { DeltaResult } from '@sync/graph';
import type { FeedItem } from './feed.ts';
import { readRound } from './round.ts';
import type { RoundParts } from './round.ts';

const LIST = { workspaceId: 'ws', object: 'company', tenantId: 't', siteId: 's', listId: 'l' };

const item = (id: string, n = 1): FeedItem => ({
  id,
  etag: `"u,${n}"`,
  modifiedAt: 1000,
  modifiedBy: 'user',
  fields: { Title: `item ${id}` },
});
const live = (id: string, n = 1) => ({ id, deleted: false, item: item(id, n) }) as const;
const bare = (id: string) => ({ id, deleted: false, item: null }) as const;
const gone = (id: string) => ({ id, deleted: true }) as const;

type PageFacts = Extract<DeltaResult, { kind: 'page' }>['page'];

function page(facts: Partial<Omit<PageFacts, 'changes'>> & { changes?: readonly object[] }): DeltaResult {
  const empty = { changes: [], nextLink: null, deltaLink: null, incomplete: false };
  return { kind: 'page', page: { ...empty, ...facts } as PageFacts };
}

/** A world whose index is kept from what is sent, as the runtime's store is. */
function world(pages: Readonly<Record<string, DeltaResult>>, items: readonly FeedItem[] = []) {
  const sent: OutRecord[][] = [];
  const index = new Map<string, ItemIndex>();
  const told: string[] = [];
  const made = new Set<string>();
  const parts: RoundParts = {
    list: LIST,
    limits: { atLeast: 2, percent: 20 },
    feed: {
      page: (link) => Promise.resolve(pages[link ?? 'start'] ?? Promise.reject(new Error(`no page ${link}`))),
      item: (id) => Promise.resolve(items.find((one) => one.id === id) ?? null),
      all: () => ReadableStream.from(items),
    },
    indexOf: (key) => index.get(key),
    ownerOf: (key) => (made.has(key.slice('t|s|l|'.length)) ? 'r9' : undefined),
    isLeft: () => false,
    knownItems: () =>
      [...index].filter(([, entry]) => !entry.deleted).map(([key]) => key.slice('t|s|l|'.length)),
    unreadItems: () => [...made].filter((id) => !index.has(`t|s|l|${id}`)),
    send: (records) => {
      sent.push([...records]);
      for (const { topic, key, value } of records)
        if (topic === topics.items) index.set(key, value as ItemIndex);
      return Promise.resolve();
    },
    now: () => 5000,
    onPublished: (_changes, dropped) => told.push(...dropped),
    onRestart: (reason) => told.push(reason),
  };
  const know = (...ids: string[]): void => {
    for (const id of ids)
      index.set(`t|s|l|${id}`, { recordId: `r${id}`, generation: 0, deleted: false, version: '0' });
  };
  return { parts, sent, index, told, know, made };
}

const opsOf = (sent: readonly (readonly OutRecord[])[]): string[] =>
  sent
    .flat()
    .filter(({ topic }) => topic !== topics.items)
    .map(({ value }) => {
      const { op, itemId } = value as { op: string; itemId: string };
      return `${op} ${itemId}`;
    });

test('given no cursor, then the whole list is read, page by page, changes before index', async () => {
  const { parts, sent } = world({
    start: page({ changes: [live('1')], nextLink: 'n1' }),
    n1: page({ changes: [live('2')], deltaLink: 'd1' }),
  });
  expect(await readRound(null, parts)).toEqual({ kind: 'done', deltaLink: 'd1' });
  const names = sent.map((records) => records.map(({ topic }) => topic.name));
  expect(names).toEqual([
    ['sharepoint.changes.company'],
    ['sync.items'],
    ['sharepoint.changes.company'],
    ['sync.items'],
  ]);
  expect(opsOf(sent)).toEqual(['upsert 1', 'upsert 2']);
});

test('given the changes are not acknowledged, then the index is not sent', async () => {
  const { parts, index } = world({ start: page({ changes: [live('1')], deltaLink: 'd1' }) });
  const failing = { ...parts, send: () => Promise.reject(new Error('no acknowledgement')) };
  await expect(readRound(null, failing)).rejects.toThrow('no acknowledgement');
  expect(index.size).toBe(0);
});

test('given a cursor, then only the changes since are read, and nothing vanishes', async () => {
  const { parts, sent, know } = world({ d1: page({ changes: [live('1', 2), gone('2')], deltaLink: 'd2' }) });
  know('1', '2', '3');
  expect(await readRound('d1', parts)).toEqual({ kind: 'done', deltaLink: 'd2' });
  expect(opsOf(sent).sort()).toEqual(['delete 2', 'upsert 1']);
});

test('given a resync, then the list is read from the given link and what was not seen is deleted', async () => {
  const { parts, sent, told, know } = world({
    d1: { kind: 'resync', link: 'fresh' },
    fresh: page({ changes: [live('1')], deltaLink: 'd2' }),
  });
  know('1', '2');
  expect(await readRound('d1', parts)).toEqual({ kind: 'done', deltaLink: 'd2' });
  expect(told).toEqual(['resync']);
  expect(opsOf(sent)).toEqual(['upsert 1', 'delete 2']);
});

test('given a resync, then an item that a writer made and the feed never told of is looked for before it is called deleted', async () => {
  const { parts, sent, made } = world(
    { d1: { kind: 'resync', link: 'fresh' }, fresh: page({ changes: [live('1')], deltaLink: 'd2' }) },
    [item('5')],
  );
  for (const id of ['1', '4', '5']) made.add(id);
  expect(await readRound('d1', parts)).toEqual({ kind: 'done', deltaLink: 'd2' });
  expect(opsOf(sent)).toEqual(['upsert 1', 'delete 4']);
});

test('given a damaged cursor, then the whole list is read', async () => {
  const { parts, told } = world({ d1: { kind: 'malformedToken' }, start: page({ deltaLink: 'd2' }) });
  expect(await readRound('d1', parts)).toEqual({ kind: 'done', deltaLink: 'd2' });
  expect(told).toEqual(['malformedToken']);
});

test('given an error within a page, then its cursor is not trusted and deletes are found by comparing', async () => {
  const { parts, sent, told, know } = world({
    d1: page({ changes: [live('1', 2)], deltaLink: 'lies', incomplete: true }),
    start: page({ changes: [live('1', 2)], deltaLink: 'd2' }),
  });
  know('1', '2');
  expect(await readRound('d1', parts)).toEqual({ kind: 'done', deltaLink: 'd2' });
  expect(told).toEqual(['incomplete', 'not-younger']);
  expect(opsOf(sent)).toEqual(['upsert 1', 'delete 2']);
});

test('given a feed that errs from its start, then the items are the truth and no cursor is given', async () => {
  const { parts, sent, know } = world({ start: page({ incomplete: true, deltaLink: 'lies' }) }, [
    item('1', 2),
    item('3'),
  ]);
  know('1', '2');
  expect(await readRound(null, parts)).toEqual({ kind: 'incomplete' });
  expect(opsOf(sent).sort()).toEqual(['delete 2', 'upsert 1', 'upsert 3']);
});

test('given a page without any link, then no cursor is given', async () => {
  const { parts } = world({ start: page({ changes: [live('1')] }) }, [item('1')]);
  expect(await readRound(null, parts)).toEqual({ kind: 'incomplete' });
});

test('given too many missing items, then none is deleted and the cursor stays', async () => {
  const { parts, sent, know } = world({ start: page({ changes: [live('9')], deltaLink: 'd1' }) });
  know('1', '2', '3');
  expect(await readRound(null, parts)).toEqual({ kind: 'held', missing: 3, known: 4 });
  expect(opsOf(sent)).toEqual(['upsert 9']);
});

test('given a list that is gone, then nothing is deleted', async () => {
  const { parts, sent, know } = world({ d1: { kind: 'listGone' } });
  know('1');
  expect(await readRound('d1', parts)).toEqual({ kind: 'listGone' });
  expect(sent).toEqual([]);
});

test('given an item without fields, then it is read singly; one that is gone waits for its tombstone', async () => {
  const { parts, sent, told } = world({ start: page({ changes: [bare('1'), bare('2')], deltaLink: 'd1' }) }, [
    item('1'),
  ]);
  await readRound(null, parts);
  expect(opsOf(sent)).toEqual(['upsert 1']);
  expect(told).toEqual(['no-fields']);
});
