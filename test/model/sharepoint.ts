/** SharePoint in the model: items with eTags, a unique identity column, a recycle bin, and the shipping delta reader. */
import { IDENTITY_COLUMN, SyncError } from '@sync/core';
import type { ItemIndex, MappingField, SharePointChange } from '@sync/core';
import { seenInSharePoint } from '../../services/conflict-detector/src/sight.ts';
import { decide } from '../../services/delta-reader/src/decide.ts';
import type { FeedChange } from '../../services/delta-reader/src/feed.ts';
import type { Request, Seen } from '../../services/sharepoint-writer/src/job.ts';
import type { Move } from './moves.ts';
import { RECORD_ID } from './setup.ts';
import { append } from './world.ts';
import type { Item, Values, World } from './world.ts';
import { noteWrite } from './writes.ts';

const LIST = { workspaceId: 'w', object: 'company', tenantId: 't', siteId: 's', listId: 'l' };
const EDIT_MS = 10_000;

export function etagOf(item: Item): string {
  return `"u${item.id},${item.number}"`;
}

/** One item in another state. */
export function putItem(world: World, item: Item): World {
  return { ...world, items: world.items.map((one) => (one.id === item.id ? item : one)) };
}

/** The reader reads what has changed since it last did, and publishes it. */
export function deltaRead(world: World, fields: readonly MappingField[]): Move[] {
  const unread = world.items.filter((item) => world.read[item.id] !== stateOf(item));
  if (unread.length === 0) return [];
  // What the mapping will tell sooner or later; until then a tombstone waits, as if it had been read later.
  const ownerOf = (): string => RECORD_ID;
  const facts = {
    list: LIST,
    indexOf: (id: string) => world.index[id],
    ownerOf,
    isLeft: () => false,
    readAt: 0,
  };
  const { changes, index } = decide(unread.map(elementOf), facts);
  const told = changes.map((record) => seenInSharePoint(record.value as SharePointChange, fields));
  const entries = index.map(
    (record) => [record.key.split('|').at(-1) ?? '', record.value as ItemIndex] as const,
  );
  const read = {
    ...world.read,
    ...Object.fromEntries<string>(unread.map((item) => [item.id, stateOf(item)])),
  };
  const known = { ...world.index, ...Object.fromEntries<ItemIndex>(entries) };
  return [{ name: 'delta read', world: append({ ...world, read, index: known }, 'itemChanges', told) }];
}

export function stateOf(item: Item): string {
  return `${item.number}${item.exists ? '' : ' deleted'}`;
}

export function elementOf(item: Item): FeedChange {
  const { id, exists } = { ...item, id: String(item.id) };
  if (!exists) return { id, deleted: true };
  const fields = Object.fromEntries(Object.entries(item.values).filter(([, value]) => value !== null));
  const feed = { id, etag: etagOf(item), modifiedAt: item.at * EDIT_MS, modifiedBy: editorOf(item), fields };
  return { id, deleted: false, item: feed };
}

/** Carries a request out as Graph would. */
export function perform(world: World, request: Request): { world: World; seen: Seen } {
  switch (request.do) {
    case 'create':
      return create(world, request.columns as Values);
    case 'find':
      return {
        world,
        seen: looked(
          world.items.findLast((item) => item.exists && item.values[IDENTITY_COLUMN] === RECORD_ID),
        ),
      };
    case 'read':
      return {
        world,
        seen: looked(world.items.find((item) => item.exists && String(item.id) === request.itemId)),
      };
    case 'update':
    case 'delete':
      return conditional(world, request);
  }
}

function conditional(
  world: World,
  request: Extract<Request, { etag: string }>,
): { world: World; seen: Seen } {
  const item = world.items.find((one) => one.exists && String(one.id) === request.itemId);
  if (item === undefined) return { world, seen: { saw: 'missing' } };
  if (request.etag !== '*' && request.etag !== etagOf(item)) return { world, seen: { saw: 'stale' } };
  const at = world.people.next;
  const next: Item =
    request.do === 'delete'
      ? { ...item, exists: false }
      : {
          ...item,
          number: item.number + 1,
          at,
          byUser: false,
          values: { ...item.values, ...(request.columns as Values) },
        };
  const done = noteWrite(world, putItem(world, next), 'sharepoint');
  return {
    world: done,
    seen: { saw: 'done', itemId: request.itemId, etag: next.exists ? etagOf(next) : null },
  };
}

/** The unique column refuses a second live item. */
function create(world: World, columns: Values): { world: World; seen: Seen } {
  const isTaken = world.items.some(
    (item) => item.exists && item.values[IDENTITY_COLUMN] === columns[IDENTITY_COLUMN],
  );
  if (isTaken) return { world, seen: { saw: 'duplicate' } };
  const id = world.items.length + 1;
  const item: Item = { id, exists: true, number: 1, values: columns, at: world.people.next, byUser: false };
  const done = noteWrite(world, { ...world, items: [...world.items, item] }, 'sharepoint');
  return { world: done, seen: { saw: 'done', itemId: String(id), etag: etagOf(item) } };
}

function editorOf(item: Item): 'user' | 'application' {
  return item.byUser ? 'user' : 'application';
}

function looked(item: Item | undefined): Seen {
  if (item === undefined) return { saw: 'nothing' };
  const modifiedAt = item.at * EDIT_MS;
  return {
    saw: 'item',
    item: {
      id: String(item.id),
      etag: etagOf(item),
      modifiedAt,
      modifiedBy: editorOf(item),
      fields: item.values,
    },
  };
}

/** Nobody knows whether the request was carried out. */
export const DOUBTFUL: Seen = { saw: 'doubtful', error: new SyncError('GRAPH_UNAVAILABLE', 'cut off') };
