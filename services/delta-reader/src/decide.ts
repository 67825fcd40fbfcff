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
  /** Does the record live in a younger item of the list by now? */
  readonly isLeft: (itemId: string, recordId: string) => boolean;
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
  readonly itemId: string;
  readonly changes: readonly SharePointChange[];
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
  published.sort((a, b) => (a.index.version < b.index.version ? -1 : 1));
  return {
    changes: published.flatMap(({ changes }) => changes.map(changeRecord)),
    index: [
      ...published.map(({ itemId, index }) => indexRecord(itemId, index, facts)),
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
  const change = goneChange({ itemId, recordId, generation: known?.generation ?? 0 }, facts);
  const { generation, version } = change;
  return { itemId, changes: [change], index: { recordId, generation, deleted: true, version } };
}

function goneChange(
  life: Pick<SharePointChange, 'itemId' | 'recordId' | 'generation'>,
  facts: Facts,
): SharePointChange {
  return {
    ...common({ ...life, version: sharepointGone(life) }, facts),
    op: 'delete',
    etag: null,
    modifiedAt: null,
    modifiedBy: 'unknown',
    fields: {},
  };
}

function alive(item: FeedItem, known: ItemIndex | undefined, facts: Facts): Verdict {
  const generation = generationOf(known);
  const version = versionOf(item, generation);
  if (version === null) return 'unreadable-item';
  const told = (known?.recordId ?? NOBODY) || recordIdOf(item, facts.list);
  const isLeft = facts.isLeft(item.id, told);
  if (!isLeft && known !== undefined && version <= known.version) return 'not-younger';
  const recordId = isLeft ? ownRecordId(item.id, told, facts.list) : told;
  const life = { itemId: item.id, generation, version };
  const change: SharePointChange = {
    ...common({ ...life, recordId }, facts),
    op: 'upsert',
    etag: item.etag,
    modifiedAt: item.modifiedAt === 0 ? null : item.modifiedAt,
    modifiedBy: item.modifiedBy,
    fields: itemValues(item.fields),
  };
  // The record that it was told with may have been seen to live in it.
  const changes = isLeft ? [goneChange({ ...life, recordId: told }, facts), change] : [change];
  return { itemId: item.id, changes, index: { recordId, generation, deleted: false, version } };
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

/** The record of an item that came back after its record had gone on in another one (`docs/decisions/0020`). */
export function ownRecordId(
  itemId: string,
  left: string,
  { siteId, listId }: Pick<FeedList, 'siteId' | 'listId'>,
): string {
  return uuid5(ITEM_NAMESPACE, `${siteId}|${listId}|${itemId}|${left}`);
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

function indexRecord(itemId: string, index: ItemIndex, { list }: Facts): OutRecord {
  return to(topics.items, itemKey({ ...list, itemId }), index, list.tenantId);
}
