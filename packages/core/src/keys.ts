/** The keys of records. Keys are plain strings: stable bytes, no schema id. */

export interface RecordIds {
  readonly workspaceId: string;
  readonly object: string;
  readonly recordId: string;
}

/** `workspaceId|object|recordId`: the key of everything that concerns a record. */
export function recordKey(ids: RecordIds): string {
  return `${ids.workspaceId}|${ids.object}|${ids.recordId}`;
}

/** Reads a record key; null when it is none. */
export function parseRecordKey(key: string): RecordIds | null {
  const [workspaceId, object, recordId, ...rest] = key.split('|');
  if (!workspaceId || !object || !recordId || rest.length > 0) return null;
  return { workspaceId, object, recordId };
}

/** What is wrong with the key of a record about these ids; null when nothing is. */
export function keyProblem(key: string, ids: RecordIds): string | null {
  return key === recordKey(ids) ? null : 'the key is not workspaceId|object|recordId of the value';
}

/** `workspaceId|object`: the key of a list binding or subscription. */
export function bindingKey(ids: { readonly workspaceId: string; readonly object: string }): string {
  return `${ids.workspaceId}|${ids.object}`;
}

/** `tenantId|siteId|listId`: the key of a list. Site ids hold commas, never bars. */
export function listKey(ids: {
  readonly tenantId: string;
  readonly siteId: string;
  readonly listId: string;
}): string {
  return `${ids.tenantId}|${ids.siteId}|${ids.listId}`;
}

/** `tenantId|siteId|listId|itemId`: the key of an item; item ids are only unique within their list. */
export function itemKey(ids: {
  readonly tenantId: string;
  readonly siteId: string;
  readonly listId: string;
  readonly itemId: string;
}): string {
  return `${listKey(ids)}|${ids.itemId}`;
}
