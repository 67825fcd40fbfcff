import { objectTopicOf, sharepointGone, sharepointVersion, topics } from '@sync/core';
import type { ItemIndex } from '@sync/core';
import { decide, isOrphan, ownRecordId } from './decide.ts';
import type { Facts } from './decide.ts';
import type { FeedChange, FeedItem } from './feed.ts';
import { ITEM_NAMESPACE, uuid5 } from './uuid5.ts';

const LIST = { workspaceId: 'ws', object: 'company', tenantId: 'tenant', siteId: 'host,s,w', listId: 'list' };
const RECORD = '0f0e0d0c-0000-4000-8000-000000000001';
const OTHER = '0f0e0d0c-0000-4000-8000-000000000002';
const etag = (n: number): string => `"uid,${n}"`;
const version = (itemId: string, n: number, generation = 0): string =>
  sharepointVersion({ itemId, generation, etag: etag(n) });

function item(id: string, n: number, fields: FeedItem['fields'] = {}): FeedChange {
  const state = { id, etag: etag(n), modifiedAt: 5000, modifiedBy: 'user', fields } as const;
  return { id, deleted: false, item: state };
}

function index(overrides: Partial<ItemIndex> = {}): ItemIndex {
  return { recordId: RECORD, generation: 0, deleted: false, version: version('7', 1), ...overrides };
}

function facts(
  known: Readonly<Record<string, ItemIndex>> = {},
  owners: Readonly<Record<string, string>> = {},
): Facts {
  return {
    list: LIST,
    indexOf: (id) => known[id],
    ownerOf: (id) => owners[id],
    isLeft: () => false,
    readAt: 9000,
  };
}

describe('an item that is new', () => {
  test('that names its record is published under it, then indexed', () => {
    const {
      changes,
      index: indexed,
      dropped,
    } = decide([item('7', 3, { TwentyId: RECORD, Title: 'Acme' })], facts());
    expect(changes).toEqual([
      {
        topic: topics.sharepointChanges.company,
        key: `ws|company|${RECORD}`,
        partitionKey: `ws|company|${RECORD}`,
        value: {
          ...LIST,
          op: 'upsert',
          recordId: RECORD,
          itemId: '7',
          generation: 0,
          version: version('7', 3),
          etag: etag(3),
          modifiedAt: 5000,
          modifiedBy: 'user',
          fields: { TwentyId: RECORD, Title: 'Acme' },
          readAt: 9000,
        },
      },
    ]);
    expect(indexed).toEqual([
      {
        topic: topics.items,
        key: 'tenant|host,s,w|list|7',
        partitionKey: 'tenant',
        value: { recordId: RECORD, generation: 0, deleted: false, version: version('7', 3) },
      },
    ]);
    expect(dropped).toEqual([]);
  });

  test.each([
    ['blank', {}],
    ['no UUID', { TwentyId: 'acme' }],
    ['no text', { TwentyId: 4 }],
  ])('with a TwentyId that is %s gets an id that follows from the item', (_what, fields) => {
    const { changes } = decide([item('7', 1, fields)], facts());
    expect(changes[0]?.value).toMatchObject({ recordId: uuid5(ITEM_NAMESPACE, 'host,s,w|list|7') });
  });

  test('with a TwentyId in upper case gets the id in lower case', () => {
    const { changes } = decide([item('7', 1, { TwentyId: RECORD.toUpperCase() })], facts());
    expect(changes[0]?.key).toBe(`ws|company|${RECORD}`);
  });

  test('whose object has no topic of its own goes to other', () => {
    const list = { ...LIST, object: 'invoice' };
    const { changes } = decide([item('7', 1)], { ...facts(), list });
    expect(changes[0]?.topic).toBe(topics.sharepointChanges[objectTopicOf('invoice', false)]);
    expect(changes[0]?.topic.name).toBe('sharepoint.changes.other');
  });

  test('of which Graph did not tell the time has none', () => {
    const page: FeedChange[] = [
      {
        id: '7',
        deleted: false,
        item: { id: '7', etag: etag(1), modifiedAt: 0, modifiedBy: 'unknown', fields: {} },
      },
    ];
    expect(decide(page, facts()).changes[0]?.value).toMatchObject({ modifiedAt: null });
  });
});

describe('an item that is known', () => {
  test('stays with its record, whatever somebody wrote into TwentyId', () => {
    const { changes } = decide([item('7', 2, { TwentyId: OTHER })], facts({ 7: index() }));
    expect(changes[0]?.value).toMatchObject({ recordId: RECORD, version: version('7', 2) });
  });

  test.each([
    ['the same version', 4],
    ['an older one', 3],
  ])('and comes with %s is dropped', (_what, n) => {
    const decision = decide([item('7', n)], facts({ 7: index({ version: version('7', 4) }) }));
    expect(decision).toEqual({ changes: [], index: [], dropped: ['not-younger'] });
  });

  test('and is told as deleted leaves a tombstone that is younger than every state of that life', () => {
    const { changes, index: indexed } = decide(
      [{ id: '7', deleted: true }],
      facts({ 7: index({ generation: 2 }) }),
    );
    const goneVersion = sharepointGone({ itemId: '7', generation: 2 });
    expect(changes[0]?.value).toMatchObject({
      op: 'delete',
      recordId: RECORD,
      version: goneVersion,
      etag: null,
      fields: {},
    });
    expect(indexed[0]?.value).toEqual({
      recordId: RECORD,
      generation: 2,
      deleted: true,
      version: goneVersion,
    });
  });
});

describe('an item that is gone', () => {
  const goneOnce = index({ deleted: true, version: sharepointGone({ itemId: '7', generation: 0 }) });

  test('and comes back with its old eTag starts its next life', () => {
    const { changes } = decide([item('7', 1)], facts({ 7: goneOnce }));
    expect(changes[0]?.value).toMatchObject({ op: 'upsert', generation: 1, recordId: RECORD });
    expect(changes[0]?.value).toMatchObject({ version: version('7', 1, 1) });
    expect(version('7', 1, 1) > goneOnce.version).toBe(true);
  });

  test('and is told as deleted again is dropped', () => {
    expect(decide([{ id: '7', deleted: true }], facts({ 7: goneOnce })).dropped).toEqual(['gone-already']);
  });
});

describe('an item whose record lives in a younger one by now', () => {
  const left = { ...facts({ 7: index() }), isLeft: (_id: string, recordId: string) => recordId === RECORD };
  const own = ownRecordId('7', RECORD, LIST);

  test('is told as a record of its own, after its end in the other', () => {
    const { changes, index: indexed } = decide([item('7', 1, { TwentyId: RECORD, Title: 'Acme' })], left);
    expect(changes.map(({ value }) => value)).toMatchObject([
      { op: 'delete', recordId: RECORD, version: sharepointGone({ itemId: '7', generation: 0 }) },
      { op: 'upsert', recordId: own, version: version('7', 1), fields: { Title: 'Acme' } },
    ]);
    expect(indexed.map(({ value }) => value)).toMatchObject([{ recordId: own, deleted: false }]);
  });

  test('is told so once', () => {
    const again = { ...left, indexOf: () => index({ recordId: own }) };
    expect(decide([item('7', 1)], again).dropped).toEqual(['not-younger']);
  });

  test('is that when it was never read, too', () => {
    const { changes } = decide([item('7', 1, { TwentyId: RECORD })], { ...left, indexOf: () => undefined });
    expect(changes.at(-1)?.value).toMatchObject({ op: 'upsert', recordId: own });
  });
});

test.each<[string, FeedChange, string]>([
  ['an item without fields', { id: '8', deleted: false, item: null }, 'no-fields'],
  ['an item without a whole number as id', item('folder', 1), 'unreadable-item'],
  [
    'an item without an eTag',
    { id: '8', deleted: false, item: { id: '8', etag: '', modifiedAt: 1, modifiedBy: 'user', fields: {} } },
    'unreadable-item',
  ],
])('%s is dropped', (_what, change, reason) => {
  expect(decide([change], facts())).toEqual({ changes: [], index: [], dropped: [reason] });
});

describe('a tombstone of an item that was never read', () => {
  const tombstone = { id: '8', deleted: true } as const;
  const orphan = {
    recordId: '',
    generation: 0,
    deleted: true,
    version: sharepointGone({ itemId: '8', generation: 0 }),
  };

  test('is told when the mapping says whose item it was', () => {
    const { changes } = decide([tombstone], facts({}, { 8: RECORD }));
    expect(changes.map(({ value }) => value)).toMatchObject([
      { op: 'delete', recordId: RECORD, itemId: '8' },
    ]);
  });

  test('is remembered until then', () => {
    const { changes, index: indexed, dropped } = decide([tombstone], facts());
    expect([changes, indexed.map(({ value }) => value), dropped]).toEqual([[], [orphan], ['unknown-item']]);
    expect(isOrphan(orphan)).toBe(true);
    const later = decide([tombstone], facts({ 8: orphan }, { 8: RECORD }));
    expect(later.changes.map(({ value }) => value)).toMatchObject([{ op: 'delete', recordId: RECORD }]);
  });

  test('does not hide that the item came back', () => {
    const { changes } = decide([item('8', 2, { TwentyId: RECORD })], facts({ 8: orphan }));
    expect(changes.map(({ value }) => value)).toMatchObject([
      { op: 'upsert', recordId: RECORD, generation: 1 },
    ]);
  });
});

test('when an item was deleted and made again for the same record, then the younger state comes last', () => {
  const { changes } = decide(
    [item('9', 1, { TwentyId: RECORD }), { id: '7', deleted: true }],
    facts({ 7: index() }),
  );
  expect(changes.map(({ key }) => key)).toEqual([`ws|company|${RECORD}`, `ws|company|${RECORD}`]);
  expect(changes.map(({ value }) => (value as { op: string }).op)).toEqual(['delete', 'upsert']);
});

test('when the same page is read twice, then it makes the same records', () => {
  const page = [item('7', 2), item('8', 1), { id: '9', deleted: true } as const];
  const known = { 7: index(), 9: index({ recordId: OTHER }) };
  expect(decide(page, facts(known))).toEqual(decide(page, facts(known)));
});
