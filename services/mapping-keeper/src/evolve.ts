/** The mapping of a record after an answer of a writer. Pure. */
import { ALIVE, readSharepointVersion, sharepointGone, younger } from '@sync/core';
import type { Mapping, SharePointChange, WriteResult } from '@sync/core';

/** What is to stand in the table; null when no list is known to which it could belong. */
export function evolve(before: Mapping | undefined, result: WriteResult): Mapping | null {
  const start = before ?? opened(result);
  if (start === null) return null;
  return { ...start, ...listOf(result), ...itemAfter(start, result), ...standing(start, result) };
}

function opened(result: WriteResult): Mapping | null {
  const list = listOf(result);
  if (list === null) return null;
  const { workspaceId, object, recordId, side } = result;
  const nothing = {
    // An answer of Twenty names the item that its command knew of: good enough to begin with, never to change anything.
    itemId: side === 'twenty' ? result.itemId : null,
    etag: null,
    status: 'unknown',
    lastSyncedAt: null,
    lastSide: side,
    errors: {},
    version: '',
  } as const;
  return { workspaceId, object, recordId, ...list, ...nothing };
}

function listOf({
  tenantId,
  siteId,
  listId,
}: WriteResult): Pick<Mapping, 'tenantId' | 'siteId' | 'listId'> | null {
  return tenantId === null || siteId === null || listId === null ? null : { tenantId, siteId, listId };
}

/**
 * True when an answer came after what it tells was known better: a command was carried out again, or by a process that was thought
 * dead. Of an item the version says so, of a row only the time.
 */
export function isOlder(before: Mapping | undefined, result: WriteResult): boolean {
  if (before === undefined) return false;
  const version = result.side === 'sharepoint' ? versionOf(before, result) : '';
  if (version !== '' && version !== before.version) return version < before.version;
  return result.answeredAt < (before.lastSyncedAt ?? 0);
}

/** The mapping after the feed told that an item is gone: both sides may have died without a word from any writer. */
export function buried(before: Mapping, { version }: SharePointChange): Mapping {
  return { ...before, itemId: null, etag: null, status: 'deleted', errors: {}, version };
}

/** The mapping after the feed told that an item is there again: a row that follows it needs no answer of the list's writer. */
export function risen(before: Mapping, { itemId, etag, version }: SharePointChange): Mapping {
  return { ...before, itemId, etag, version };
}

type Item = Pick<Mapping, 'itemId' | 'etag' | 'version'>;

function itemAfter(before: Mapping, result: WriteResult): Item {
  const version = younger(before.version, versionOf(before, result));
  // Twenty is written dead because the item has died before.
  if (lifeAfter(result) === 'dead') return { itemId: null, etag: null, version };
  if (result.side === 'twenty' || result.itemId === null || result.kind === 'refused') return before;
  return { itemId: result.itemId, etag: result.etag, version };
}

/** The version of the item that an answer tells of. Twenty tells of none but the end of the item that its command knew of. */
function versionOf(before: Mapping, result: WriteResult): string {
  if (result.side === 'sharepoint') return younger(result.version, result.picture?.version ?? '');
  if (lifeAfter(result) !== 'dead' || result.itemId === null) return '';
  const generation = readSharepointVersion(before.version)?.generation ?? 0;
  return sharepointGone({ itemId: result.itemId, generation });
}
/** What an answer tells about the existence of the side; a soft-deleted row that was merely seen tells nothing. */
function lifeAfter(result: WriteResult): 'dead' | 'alive' | 'untold' {
  if (result.kind === 'refused') return 'untold';
  if (stands(result)) {
    const wished = result.wishes.find((wish) => wish.field === ALIVE)?.value;
    if (wished === 'false') return 'dead';
    return 'alive';
  }
  if (result.side === 'twenty' || result.picture === null) return 'untold';
  return result.picture.exists ? 'alive' : 'dead';
}

function stands({ kind }: WriteResult): boolean {
  return kind === 'written' || kind === 'alreadySo';
}

type Standing = Pick<Mapping, 'status' | 'lastSyncedAt' | 'lastSide' | 'errors'>;

function standing(before: Mapping, result: WriteResult): Standing {
  const lastSyncedAt = stands(result)
    ? Math.max(result.answeredAt, before.lastSyncedAt ?? 0)
    : before.lastSyncedAt;
  const lastSide = stands(result) ? result.side : before.lastSide;
  if (lifeAfter(result) === 'dead') return { status: 'deleted', lastSyncedAt, lastSide, errors: {} };
  const errors = errorsAfter(before.errors, result);
  return { status: statusOf(before, result, errors), lastSyncedAt, lastSide, errors };
}

/** What stands is mended; what was refused stays an error until it is written. */
function errorsAfter(before: Mapping['errors'], result: WriteResult): Mapping['errors'] {
  const mended = new Set(stands(result) ? result.wishes.map((wish) => wish.field) : []);
  const kept = Object.entries(before).filter(([field]) => !mended.has(field));
  const refused = result.refusals.map(({ field, reason }) => [field, reason] as const);
  return Object.fromEntries([...kept, ...refused]);
}

function statusOf(before: Mapping, result: WriteResult, errors: Mapping['errors']): Mapping['status'] {
  if (Object.keys(errors).length > 0) return 'error';
  return stands(result) ? 'synced' : before.status;
}
