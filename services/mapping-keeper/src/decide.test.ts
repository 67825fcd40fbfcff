import type { Mapping, Picture, SharePointChange, WriteResult } from '@sync/core';
import { decide, decideChange } from './decide.ts';

const KEY = 'w1|company|r1';
const VERSION = '000000000007-0000-000000000002';

function mapping(overrides: Partial<Mapping> = {}): Mapping {
  return {
    workspaceId: 'w1',
    object: 'company',
    recordId: 'r1',
    tenantId: 't1',
    siteId: 's1',
    listId: 'l1',
    itemId: '7',
    etag: 'e1',
    status: 'synced',
    lastSyncedAt: 1_000,
    lastSide: 'sharepoint',
    errors: {},
    version: VERSION,
    ...overrides,
  };
}

function result(overrides: Partial<WriteResult> = {}): WriteResult {
  return {
    commandId: 'c1',
    side: 'sharepoint',
    kind: 'written',
    workspaceId: 'w1',
    object: 'company',
    recordId: 'r1',
    tenantId: 't1',
    siteId: 's1',
    listId: 'l1',
    wishes: [{ field: 'name', value: 'Acorn', source: 'v1' }],
    version: VERSION,
    itemId: '7',
    etag: 'e2',
    picture: null,
    refusals: [],
    attempts: 1,
    changedAt: null,
    answeredAt: 2_000,
    ...overrides,
  };
}

const fromTwenty = {
  side: 'twenty',
  tenantId: null,
  siteId: null,
  listId: null,
  itemId: null,
  etag: null,
} as const;
const died = [{ field: 'alive', value: 'false', source: 'v1' }];
const refusals = [{ field: 'name', code: 'too-long', reason: 'shorten it' }];

function picture(exists: boolean): Picture {
  return {
    exists,
    version: VERSION,
    itemId: '7',
    etag: exists ? 'e3' : null,
    modifiedAt: null,
    modifiedBy: 'user',
    values: {},
  };
}

/** The mapping that is published, or the reason why none is. */
function published(before: Mapping | undefined, given: WriteResult | null): unknown {
  const outcome = decide(KEY, before, given);
  if (outcome.kind === 'emit') return outcome.stages[0]?.[0]?.value;
  return outcome.kind === 'drop' ? outcome.reason : outcome.code;
}

describe('an answer of SharePoint', () => {
  test('opens the mapping of a record', () => {
    expect(published(undefined, result())).toEqual(mapping({ etag: 'e2', lastSyncedAt: 2_000 }));
  });

  test('is published under the key of the record', () => {
    expect(decide(KEY, undefined, result())).toMatchObject({
      stages: [[{ topic: { name: 'sync.mappings' }, key: KEY }]],
    });
  });

  test('renews eTag and time after a write', () => {
    expect(published(mapping(), result())).toEqual(mapping({ etag: 'e2', lastSyncedAt: 2_000 }));
  });

  test('is published after a write even if only the time is new', () => {
    expect(published(mapping(), result({ etag: 'e1' }))).toEqual(mapping({ lastSyncedAt: 2_000 }));
  });

  test('is not published when nothing was written and only the time is new', () => {
    expect(published(mapping(), result({ kind: 'alreadySo', etag: 'e1', picture: picture(true) }))).toBe(
      'nothing-new',
    );
  });

  test('takes over the item that was found', () => {
    const found = result({ kind: 'alreadySo', itemId: '9', etag: 'e9', picture: picture(true) });
    expect(published(mapping({ itemId: null, etag: null, status: 'deleted' }), found)).toEqual(
      mapping({ itemId: '9', etag: 'e9', lastSyncedAt: 2_000 }),
    );
  });

  test('leaves status and time alone when it is stale, but learns the eTag', () => {
    const stale = result({ kind: 'stale', etag: 'e3', picture: picture(true) });
    expect(published(mapping(), stale)).toEqual(mapping({ etag: 'e3' }));
  });

  test('marks an item that was found to be gone', () => {
    const stale = result({ kind: 'stale', etag: null, picture: picture(false) });
    expect(published(mapping(), stale)).toEqual(mapping({ itemId: null, etag: null, status: 'deleted' }));
  });

  test('forgets the item that was deleted', () => {
    expect(published(mapping(), result({ wishes: died, etag: null }))).toEqual(
      mapping({ itemId: null, etag: null, status: 'deleted', lastSyncedAt: 2_000 }),
    );
  });

  test('tells the reason of a refusal and keeps the item', () => {
    expect(published(mapping(), result({ kind: 'refused', etag: null, refusals }))).toEqual(
      mapping({ status: 'error', errors: { name: 'shorten it' } }),
    );
  });

  test('tells the refusal of one field beside the write of others', () => {
    expect(published(mapping(), result({ refusals }))).toEqual(
      mapping({ etag: 'e2', lastSyncedAt: 2_000, status: 'error', errors: { name: 'shorten it' } }),
    );
  });

  test('ends the errors of the fields that it wrote, and no other', () => {
    const wishes = [{ field: 'name', value: 'a', source: 's' }];
    const before = mapping({ status: 'error', errors: { name: 'x', stage: 'y' } });
    expect(published(before, result({ wishes }))).toEqual(
      mapping({ etag: 'e2', lastSyncedAt: 2_000, status: 'error', errors: { stage: 'y' } }),
    );
    expect(published(mapping({ status: 'error', errors: { name: 'x' } }), result({ wishes }))).toEqual(
      mapping({ etag: 'e2', lastSyncedAt: 2_000 }),
    );
  });

  test('changes nothing when it is older than what is stored', () => {
    expect(published(mapping({ lastSyncedAt: 3_000 }), result())).toBe('older-answer');
  });

  test('changes nothing when it tells of an item as it was before', () => {
    const before = mapping({ version: '000000000007-0000-000000000003' });
    expect(published(before, result())).toBe('older-answer');
    expect(published(mapping(), result({ version: '000000000007-0000-000000000003' }))).toMatchObject({
      version: '000000000007-0000-000000000003',
    });
  });

  test('changes nothing when it is read twice', () => {
    const once = published(mapping(), result({ kind: 'refused', refusals }));
    expect(published(once as Mapping, result({ kind: 'refused', refusals }))).toBe('nothing-new');
  });
});

describe('an answer of Twenty', () => {
  test('opens the mapping of a record that was born in SharePoint, with its item', () => {
    expect(published(undefined, result({ side: 'twenty', itemId: '7', etag: null }))).toMatchObject({
      itemId: '7',
      status: 'synced',
      lastSide: 'twenty',
    });
  });

  test('does not bring the item of a deleted record back', () => {
    const before = mapping({ itemId: null, etag: null, status: 'deleted' });
    const late = result({ side: 'twenty', kind: 'stale', itemId: '7', picture: picture(false) });
    expect(published(before, late)).toBe('nothing-new');
  });

  test('names the side that was written and keeps the item', () => {
    expect(published(mapping(), result(fromTwenty))).toEqual(
      mapping({ lastSide: 'twenty', lastSyncedAt: 2_000 }),
    );
  });

  test('follows the item into its grave', () => {
    expect(published(mapping(), result({ ...fromTwenty, wishes: died }))).toEqual(
      mapping({ itemId: null, etag: null, status: 'deleted', lastSide: 'twenty', lastSyncedAt: 2_000 }),
    );
  });

  test('ends the item that its command knew of: a command carried out again does not bring it back', () => {
    const dead = published(mapping(), result({ ...fromTwenty, itemId: '7', wishes: died })) as Mapping;
    expect(published(dead, result({ answeredAt: 3_000 }))).toBe('older-answer');
    const reborn = result({ itemId: '8', version: '000000000008-0000-000000000001', answeredAt: 3_000 });
    expect(published(dead, reborn)).toMatchObject({ itemId: '8', status: 'synced' });
  });

  test('says nothing of the item when the row was found soft-deleted', () => {
    expect(published(mapping(), result({ ...fromTwenty, kind: 'stale', picture: picture(false) }))).toBe(
      'nothing-new',
    );
  });

  test('opens no mapping: it names no list', () => {
    expect(published(undefined, result(fromTwenty))).toBe('no-list-known');
  });
});

test('a tombstone is dropped', () => {
  expect(published(mapping(), null)).toBe('tombstone');
});

test('an answer or a change under the key of another record is a dead letter', () => {
  const change = { ...result(), op: 'delete' } as unknown as SharePointChange;
  const dead = { kind: 'deadLetter', code: 'RECORD_UNREADABLE' };
  expect(decide('w1|company|r2', undefined, result())).toMatchObject(dead);
  expect(decideChange('w1|company|r2', mapping(), change)).toMatchObject(dead);
});

describe('a change of the list', () => {
  const ids = { workspaceId: 'w1', object: 'company', recordId: 'r1', itemId: '7' };
  const change = { ...ids, op: 'delete', version: '000000000007-0000-ffffffffffff' } as SharePointChange;

  test('that ends the item ends its mapping, though no writer had to do with it', () => {
    expect(decideChange(KEY, mapping(), change)).toMatchObject({
      stages: [[{ value: { itemId: null, status: 'deleted', version: change.version } }]],
    });
  });

  test('that brings an item back names it again, though no writer has to do with it', () => {
    const gone = mapping({ itemId: null, etag: null, status: 'deleted', version: change.version });
    const back = { ...change, op: 'upsert', etag: 'e9', version: '000000000007-0001-000000000009' } as const;
    expect(decideChange(KEY, gone, back)).toMatchObject({
      stages: [[{ value: { itemId: '7', etag: 'e9', version: back.version } }]],
    });
    expect(decideChange(KEY, gone, { ...back, version: '000000000007-0000-000000000009' }).kind).toBe('drop');
  });

  test.each([
    ['that is no end', mapping(), { ...change, op: 'upsert' as const }],
    ['of a record without a mapping', undefined, change],
    [
      'that ends an earlier item',
      mapping({ itemId: '8', version: '000000000008-0000-000000000001' }),
      change,
    ],
  ])('%s changes nothing', (_, before, given) => {
    expect(decideChange(KEY, before, given).kind).toBe('drop');
  });
});
