import { topics } from '@sync/core';
import type { Cursor, ItemIndex, ListBinding, Mapping, OutRecord, WorkspaceConfig } from '@sync/core';
import { GraphRefusedError } from '@sync/graph';
import type { DeltaResult } from '@sync/graph';
import { readList } from './read-list.ts';
import { tellLateDelete } from './single-looks.ts';
import type { ReaderParts } from './read-list.ts';
import { createOwners } from './owners.ts';
import { createSchedule } from './schedule.ts';
import { createUnread } from './unread.ts';

const KEY = 't|s|l';
const NOW = 1000;
const GRAPH = 'https://graph.example/v1.0';
const binding = {
  workspaceId: 'ws',
  object: 'company',
  tenantId: 't',
  siteId: 's',
  listId: 'l',
  pollSeconds: 5,
};
const config = { workspaceId: 'ws', enabled: true, tenantId: 't', objects: [{ name: 'company' }] };
const known: ItemIndex = { recordId: 'r', generation: 0, deleted: false, version: '0' };

const mapping = { ...binding, recordId: 'r', itemId: '7', version: '' } as unknown as Mapping;

const ends = (deltaLink: string): DeltaResult => ({
  kind: 'page',
  page: { changes: [], nextLink: null, deltaLink, incomplete: false },
});

interface World {
  readonly page: (link: string | null) => Promise<DeltaResult>;
  readonly cursor?: string;
  readonly known?: number;
  readonly enabled?: boolean;
  readonly owns?: boolean;
}

function world(given: World) {
  const asked: (string | null)[] = [];
  const counted: string[] = [];
  const logged: string[] = [];
  const sent: OutRecord[] = [];
  const schedule = createSchedule();
  const say = (_detail: unknown, message: string): void => void logged.push(message);
  const index = new Map<string, ItemIndex>(
    Array.from({ length: given.known ?? 0 }, (_, i) => [`${KEY}|${i}`, known]),
  );
  let now = NOW;
  const unread = createUnread(
    (key) => index.has(key),
    () => now,
  );
  const owners = createOwners(unread);
  const cursor = given.cursor && ({ deltaLink: given.cursor, round: 4, readAt: 1 } satisfies Cursor);
  const parts = {
    config: { graphUrl: GRAPH, pauseSeconds: 60, overdueSeconds: 120, vanishAtLeast: 25, vanishPercent: 20 },
    lists: new Map([['ws|company', binding as unknown as ListBinding]]),
    configs: new Map([['ws', { ...config, enabled: given.enabled ?? true } as unknown as WorkspaceConfig]]),
    cursors: new Map(cursor ? [[KEY, cursor]] : []),
    items: index,
    ...{ owners, unread },
    schedule,
    owns: () => given.owns ?? true,
    feedOf: () => ({
      page: (link: string | null) => {
        asked.push(link);
        return given.page(link);
      },
      item: () => Promise.resolve(null),
      all: () => ReadableStream.from([]),
    }),
    send: (records: readonly OutRecord[]) => Promise.resolve(void sent.push(...records)),
    now: () => now,
    log: { warn: say, error: say },
    metrics: {
      count: (name: string, labels: Record<string, string>) =>
        counted.push([name, ...Object.values(labels)].join(' ')),
    },
  };
  return {
    owners,
    parts: parts as unknown as ReaderParts,
    asked,
    counted,
    logged,
    sent,
    schedule,
    pass: (ms: number) => void (now += ms),
  };
}

test('given a first reading, then the cursor is kept by tenant', async () => {
  const { parts, asked } = world({ page: () => Promise.resolve(ends(`${GRAPH}/d1`)) });
  const cursor = { deltaLink: `${GRAPH}/d1`, round: 1, readAt: 1000 };
  expect(await readList(KEY, parts)).toEqual({
    kind: 'emit',
    stages: [[{ topic: topics.cursors, key: KEY, value: cursor, partitionKey: 't' }]],
  });
  expect(asked).toEqual([null]);
});

test('given a cursor, then the reading starts there and the rounds are counted', async () => {
  const { parts, asked } = world({ cursor: `${GRAPH}/d1`, page: () => Promise.resolve(ends(`${GRAPH}/d2`)) });
  expect(await readList(KEY, parts)).toMatchObject({
    stages: [[{ value: { deltaLink: `${GRAPH}/d2`, round: 5 } }]],
  });
  expect(asked).toEqual([`${GRAPH}/d1`]);
});

test('given the same cursor again, then nothing is written', async () => {
  const { parts } = world({ cursor: `${GRAPH}/d1`, page: () => Promise.resolve(ends(`${GRAPH}/d1`)) });
  expect(await readList(KEY, parts)).toEqual({ kind: 'drop', reason: 'nothing-new' });
});

test('given a cursor of another address, then it is not followed', async () => {
  const { parts, asked } = world({
    cursor: 'https://other.example/d1',
    page: () => Promise.resolve(ends(`${GRAPH}/d1`)),
  });
  await readList(KEY, parts);
  expect(asked).toEqual([null]);
});

const refusal = new GraphRefusedError('read the changes', { status: 400, headers: {}, body: null });
const resynced = (link: string | null): Promise<DeltaResult> =>
  Promise.resolve(
    link === null || link === 'fresh' ? ends(`${GRAPH}/d2`) : { kind: 'resync', link: 'fresh' },
  );

test.each<[string, World, string]>([
  ['gone', { page: () => Promise.resolve({ kind: 'listGone' }), known: 3 }, 'list-gone'],
  ['refused', { page: () => Promise.reject(refusal) }, 'list-refused'],
  ['emptied beyond the limit', { page: resynced, cursor: `${GRAPH}/d1`, known: 26 }, 'list-held'],
])(
  'given a list that is %s, then nothing is told, the cursor stays and the list rests',
  async (_what, given, reason) => {
    const { parts, sent, schedule, logged, counted } = world(given);
    expect(await readList(KEY, parts)).toEqual({ kind: 'drop', reason });
    expect(sent).toEqual([]);
    expect([schedule.isPaused(KEY, 60_999), schedule.isPaused(KEY, 61_000)]).toEqual([true, false]);
    expect(logged).not.toEqual([]);
    expect(counted.some((line) => line.startsWith('sync_delta_rounds_total'))).toBe(true);
  },
);

test('given a list that rests, then Graph is not asked', async () => {
  const { parts, asked, schedule } = world({ page: () => Promise.resolve(ends('x')) });
  schedule.pauseUntil(KEY, 2000);
  expect(await readList(KEY, parts)).toEqual({ kind: 'drop', reason: 'list-paused' });
  expect(asked).toEqual([]);
});

test('given a workspace that is switched off, then its lists are not read', async () => {
  const { parts, asked } = world({ enabled: false, page: () => Promise.resolve(ends('x')) });
  expect(await readList(KEY, parts)).toEqual({ kind: 'drop', reason: 'list-not-synced' });
  expect(asked).toEqual([]);
});

test('given a tenant that another instance took over, then Graph is not asked', async () => {
  const { parts, asked } = world({ owns: false, page: () => Promise.resolve(ends('x')) });
  expect(await readList(KEY, parts)).toEqual({ kind: 'drop', reason: 'list-not-ours' });
  expect(asked).toEqual([]);
});

test('given an item whose tombstone came before its mapping, then its delete is told late', async () => {
  const { parts, sent } = orphaned({ recordId: '', generation: 0, deleted: true, version: '0' });
  expect(await tellLateDelete(KEY, '7', parts)).toEqual({ kind: 'drop', reason: 'late-delete' });
  expect(sent.map(({ topic }) => topic)).toEqual([topics.sharepointChanges.company, topics.items]);
});

test('given such an item that came back and was read while this waited, then no delete is told', async () => {
  const { parts, sent } = orphaned({ ...known, generation: 1 });
  expect(await tellLateDelete(KEY, '7', parts)).toEqual({ kind: 'drop', reason: 'told-already' });
  expect(sent).toEqual([]);
});

describe('given an item that a writer made, and of which complete readings tell nothing', () => {
  const readAfter = async (ms: number) => {
    const page = () => Promise.resolve(ends(`${GRAPH}/d2`));
    const { parts, sent, owners, pass } = world({ cursor: `${GRAPH}/d1`, page });
    owners.note(mapping);
    pass(ms);
    await readList(KEY, parts);
    return sent.map(({ value }) => value);
  };

  test('when it is overdue, then it is looked at singly', async () => {
    expect(await readAfter(120_001)).toMatchObject([
      { itemId: '7', recordId: 'r', op: 'delete' },
      { recordId: 'r', deleted: true },
    ]);
  });

  test('when the feed may still tell of it, then nobody looks', async () => {
    expect(await readAfter(120_000)).toEqual([]);
  });
});

function orphaned(index: ItemIndex) {
  const { parts, sent } = world({ page: () => Promise.reject(new Error('no page is read')) });
  (parts.items as unknown as Map<string, ItemIndex>).set(`${KEY}|7`, index);
  (parts.owners.records as Map<string, string>).set(`${KEY}|7`, 'r');
  return { parts, sent };
}

test('given an outage, then it is thrown, so that the list waits', async () => {
  const { parts } = world({ page: () => Promise.reject(new Error('throttled')) });
  await expect(readList(KEY, parts)).rejects.toThrow('throttled');
});
