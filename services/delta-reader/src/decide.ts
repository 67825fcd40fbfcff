/** Decides what one page of the delta feed tells the world. */
import {
  IDENTITY_COLUMN,
  SyncError,
  itemKey,
  objectTopicOf,
  recordKey,
  sharepointGone,
  sharepointVersion,
  to,
  topics,
} from '@sync/core';
import type { ItemIndex, OutRecord, SharePointChange } from '@sync/core';
import type { FeedChange, FeedItem, FeedList } from './feed.ts';
import { itemValues } from './item-values.ts';
import { ITEM_NAMESPACE, isUuid, uuid5 } from './uuid5.ts';

/** What the decision looks at besides the page. */
export interface Facts {
  readonly list: FeedList;
  /** What was last published of an item. */
  readonly indexOf: (itemId: string) => ItemIndex | undefined;
  /** The record that a writer made an item for, as the mapping tells it. */
  readonly ownerOf: (itemId: string) => string | undefined;
  /** When the page was read, milliseconds since 1970. */
  readonly readAt: number;
}

/** Why an element of a page is not published. */
export type DropReason = 'not-younger' | 'unknown-item' | 'gone-already' | 'no-fields' | 'unreadable-item';

/** Records to send, `changes` acknowledged before `index`: an index entry says that its change was published. */
export interface Decision {
  readonly changes: readonly OutRecord[];
  readonly index: readonly OutRecord[];
  readonly dropped: readonly DropReason[];
}

interface Told {
  readonly change: SharePointChange;
  readonly index: ItemIndex;
}

type Verdict = Told | DropReason;

/** Stands in the index of an item that was gone before anybody knew whose it is. */
const NOBODY = '';

/** The records of a page; within it a younger state of the same record comes after an older one. */
export function decide(page: readonly FeedChange[], facts: Facts): Decision {
  const verdicts = page.map((element) => judge(element, facts));
  const published = verdicts.filter((verdict): verdict is Told => typeof verdict !== 'string');
  const orphans = page.filter((_, i) => verdicts[i] === 'unknown-item');
  published.sort((a, b) => (a.change.version < b.change.version ? -1 : 1));
  return {
    changes: published.map(({ change }) => changeRecord(change)),
    index: [
      ...published.map(({ change, index }) => indexRecord(change, index)),
      ...orphans.map(({ id }) => orphanRecord(id, facts)),
    ],
    dropped: verdicts.filter((verdict) => typeof verdict === 'string'),
  };
}

function judge(element: FeedChange, facts: Facts): Verdict {
  const known = facts.indexOf(element.id);
  if (element.deleted) return gone(element.id, known, facts);
  if (element.item === null) return 'no-fields';
  return alive(element.item, known, facts);
}

function gone(itemId: string, known: ItemIndex | undefined, facts: Facts): Verdict {
  const recordId = (known?.recordId ?? NOBODY) || facts.ownerOf(itemId);
  if (recordId === undefined) return known === undefined ? 'unknown-item' : 'gone-already';
  if (known?.deleted === true && known.recordId !== NOBODY) return 'gone-already';
  const generation = known?.generation ?? 0;
  const version = sharepointGone({ itemId, generation });
  const change: SharePointChange = {
    ...common({ itemId, recordId, generation, version }, facts),
    op: 'delete',
    etag: null,
    modifiedAt: null,
    modifiedBy: 'unknown',
    fields: {},
  };
  return { change, index: { recordId, generation, deleted: true, version } };
}

function alive(item: FeedItem, known: ItemIndex | undefined, facts: Facts): Verdict {
  const generation = generationOf(known);
  const version = versionOf(item, generation);
  if (version === null) return 'unreadable-item';
  if (known !== undefined && version <= known.version) return 'not-younger';
  const recordId = (known?.recordId ?? NOBODY) || recordIdOf(item, facts.list);
  const change: SharePointChange = {
    ...common({ itemId: item.id, recordId, generation, version }, facts),
    op: 'upsert',
    etag: item.etag,
    modifiedAt: item.modifiedAt === 0 ? null : item.modifiedAt,
    modifiedBy: item.modifiedBy,
    fields: itemValues(item.fields),
  };
  return { change, index: { recordId, generation, deleted: false, version } };
}

/** A live item after its tombstone came back from the recycle bin: a new life, younger than the tombstone. */
function generationOf(known: ItemIndex | undefined): number {
  if (known === undefined) return 0;
  return known.deleted ? known.generation + 1 : known.generation;
}

/** An item of which Graph does not tell a version cannot be ordered. */
function versionOf(item: FeedItem, generation: number): string | null {
  try {
    return sharepointVersion({ itemId: item.id, generation, etag: item.etag });
  } catch (error) {
    if (error instanceof SyncError) return null;
    throw error;
  }
}

/** The record an item is first seen with: the one it names, else one that follows from the item alone. */
function recordIdOf(item: FeedItem, list: FeedList): string {
  const named = item.fields[IDENTITY_COLUMN];
  if (typeof named === 'string' && isUuid(named)) return named.toLowerCase();
  return uuid5(ITEM_NAMESPACE, `${list.siteId}|${list.listId}|${item.id}`);
}

function common(
  ids: Pick<SharePointChange, 'itemId' | 'recordId' | 'generation' | 'version'>,
  { list, readAt }: Facts,
): Omit<SharePointChange, 'op' | 'etag' | 'modifiedAt' | 'modifiedBy' | 'fields'> {
  const { workspaceId, object, tenantId, siteId, listId } = list;
  return { workspaceId, object, tenantId, siteId, listId, ...ids, readAt };
}

function changeRecord(change: SharePointChange): OutRecord {
  return to(topics.sharepointChanges[objectTopicOf(change.object, false)], recordKey(change), change);
}

/** Remembers a tombstone whose record is not known yet: it is told when the mapping of the item comes. */
function orphanRecord(itemId: string, { list }: Facts): OutRecord {
  const version = sharepointGone({ itemId, generation: 0 });
  const index: ItemIndex = { recordId: NOBODY, generation: 0, deleted: true, version };
  return to(topics.items, itemKey({ ...list, itemId }), index, list.tenantId);
}

/** True for an item that was gone before anybody knew whose it is. */
export function isOrphan(index: ItemIndex | undefined): boolean {
  return index?.deleted === true && index.recordId === NOBODY;
}

function indexRecord(change: SharePointChange, index: ItemIndex): OutRecord {
  return to(topics.items, itemKey(change), index, change.tenantId);
}
