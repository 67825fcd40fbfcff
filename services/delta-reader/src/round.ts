/** One reading of a list: page after page, published as it goes; the caller moves the cursor when it ended well. */
import { itemKey } from '@sync/core';
import type { ItemIndex, OutRecord } from '@sync/core';
import type { DeltaResult } from '@sync/graph';
import { decide } from './decide.ts';
import type { DropReason, Facts } from './decide.ts';
import type { FeedChange, FeedItem, FeedList } from './feed.ts';
import { reconcile } from './reconcile.ts';
import type { VanishLimits } from './reconcile.ts';

/** The list as Graph shows it. */
export interface Feed {
  /** One page; null starts an enumeration of everything. */
  page(link: string | null): Promise<DeltaResult>;
  /** One item, null when it is gone. */
  item(itemId: string): Promise<FeedItem | null>;
  /** Every item, without the delta feed. */
  all(): AsyncIterable<FeedItem>;
}

/** What publishing a page needs. */
export type PublishParts = Pick<
  RoundParts,
  'list' | 'feed' | 'indexOf' | 'ownerOf' | 'isLeft' | 'send' | 'now' | 'onPublished'
>;

export interface RoundParts {
  readonly list: FeedList;
  readonly feed: Feed;
  readonly limits: VanishLimits;
  readonly indexOf: (itemKey: string) => ItemIndex | undefined;
  /** The record that a writer made an item for. */
  readonly ownerOf: (itemKey: string) => string | undefined;
  /** Does the record live in a younger item of the list? */
  readonly isLeft: (itemKey: string, recordId: string) => boolean;
  /** Ids of the items of the list that are known and alive. */
  readonly knownItems: () => readonly string[];
  /** Ids of the items that a writer made and that the feed has never told of. */
  readonly unreadItems: () => readonly string[];
  readonly send: (records: readonly OutRecord[]) => Promise<void>;
  readonly now: () => number;
  readonly onPublished: (changes: number, dropped: readonly DropReason[]) => void;
  readonly onRestart: (reason: 'resync' | 'malformedToken' | 'incomplete') => void;
}

/**
 * `done`: everything was told, the cursor may move. `incomplete`: everything was told, but the feed has no cursor to
 * trust. `held`: too many items are missing to call them deleted. `listGone`: there is no such list; nothing follows from it.
 */
export type RoundEnd =
  | { readonly kind: 'done'; readonly deltaLink: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'held'; readonly missing: number; readonly known: number }
  | { readonly kind: 'listGone' };

type PassEnd =
  | Extract<RoundEnd, { kind: 'done' | 'incomplete' | 'listGone' }>
  | Exclude<DeltaResult, { kind: 'page' | 'listGone' }>;

const CHUNK = 200;

/** Reads the changes since a cursor; without one, or when it is of no use, the whole list. */
export async function readRound(cursor: string | null, parts: RoundParts): Promise<RoundEnd> {
  if (cursor === null) return readWhole(null, parts);
  const end = await pass(cursor, parts, new Set());
  if (end.kind === 'done' || end.kind === 'listGone') return end;
  parts.onRestart(end.kind);
  return readWhole(end.kind === 'resync' ? end.link : null, parts);
}

/** Reads the whole list; what is known and was not seen is deleted. */
async function readWhole(start: string | null, parts: RoundParts): Promise<RoundEnd> {
  const seen = new Set<string>();
  const end = await pass(start, parts, seen);
  if (end.kind === 'listGone') return end;
  if (end.kind !== 'done') return readWithoutFeed(parts);
  return (await tellVanished(seen, parts)) ?? end;
}

/** The feed is broken even from its start: the items themselves are the truth, and there is no cursor. */
async function readWithoutFeed(parts: RoundParts): Promise<RoundEnd> {
  const seen = new Set<string>();
  let chunk: FeedChange[] = [];
  for await (const item of parts.feed.all()) {
    seen.add(item.id);
    chunk.push({ id: item.id, deleted: false, item });
    if (chunk.length < CHUNK) continue;
    await publish(chunk, parts);
    chunk = [];
  }
  await publish(chunk, parts);
  return (await tellVanished(seen, parts)) ?? { kind: 'incomplete' };
}

/** Follows the links from one to the end; `seen` collects the items that are alive. */
async function pass(start: string | null, parts: RoundParts, seen: Set<string>): Promise<PassEnd> {
  for (let link = start; ;) {
    const result = await parts.feed.page(link);
    if (result.kind !== 'page') return result;
    const { page } = result;
    for (const change of page.changes) if (!change.deleted) seen.add(change.id);
    await publish(page.changes, parts);
    if (page.incomplete) return { kind: 'incomplete' };
    if (page.nextLink === null) return endOf(page.deltaLink);
    link = page.nextLink;
  }
}

function endOf(deltaLink: string | null): PassEnd {
  return deltaLink === null ? { kind: 'incomplete' } : { kind: 'done', deltaLink };
}

async function tellVanished(seen: ReadonlySet<string>, parts: RoundParts): Promise<RoundEnd | null> {
  const unread = new Set(parts.unreadItems());
  const vanished = reconcile([...parts.knownItems(), ...unread], seen, parts.limits);
  if (vanished.kind === 'held') return vanished;
  const gone: FeedChange[] = [];
  for (const id of vanished.itemIds) {
    // It may have been made while the list was being read.
    const isThere = unread.has(id) && (await parts.feed.item(id)) !== null;
    if (!isThere) gone.push({ id, deleted: true });
  }
  await publish(gone, parts);
  return null;
}

/** An index entry says that its change was published, so it is sent after the change was acknowledged. */
export async function publish(page: readonly FeedChange[], parts: PublishParts): Promise<void> {
  const { list, now } = parts;
  const complete = await withItems(page, parts.feed);
  const key = (itemId: string): string => itemKey({ ...list, itemId });
  const facts: Facts = {
    list,
    indexOf: (itemId) => parts.indexOf(key(itemId)),
    ownerOf: (itemId) => parts.ownerOf(key(itemId)),
    isLeft: (itemId, recordId) => parts.isLeft(key(itemId), recordId),
    readAt: now(),
  };
  const { changes, index, dropped } = decide(complete, facts);
  if (changes.length > 0) await parts.send(changes);
  if (index.length > 0) await parts.send(index);
  parts.onPublished(changes.length, dropped);
}

/** Items that came without fields, read singly; one that is gone by now will be told as deleted. */
async function withItems(page: readonly FeedChange[], feed: Feed): Promise<FeedChange[]> {
  const complete: FeedChange[] = [];
  for (const change of page) {
    const bare = !change.deleted && change.item === null;
    complete.push(bare ? { id: change.id, deleted: false, item: await feed.item(change.id) } : change);
  }
  return complete;
}

/** Tells what items are now; Graph is asked for each. */
export async function tellSingly(itemIds: readonly string[], parts: PublishParts): Promise<void> {
  const found: FeedChange[] = [];
  for (const id of itemIds) {
    const item = await parts.feed.item(id);
    found.push(item === null ? { id, deleted: true } : { id, deleted: false, item });
  }
  await publish(found, parts);
}
