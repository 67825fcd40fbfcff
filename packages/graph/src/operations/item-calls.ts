import { COST } from '../budget/costs.ts';
import type { GraphCall, ListRef } from '../port.ts';
import { itemPath, listPath } from './paths.ts';

/** Column values as Graph takes them; null clears a column, an absent one stays. */
export type FieldValues = Readonly<Record<string, unknown>>;

/** Creates an item. Not idempotent: after a doubtful answer, look for it with findItemByColumn first. */
export function createItemCall(list: ListRef, fields: FieldValues): GraphCall {
  return { method: 'POST', path: `${listPath(list)}/items`, body: { fields }, units: COST.write };
}

/** Changes the named columns only; with an etag, only if the item is still the one that was read (else 412). */
export function updateItemCall(
  list: ListRef,
  itemId: string,
  fields: FieldValues,
  etag: string | null,
): GraphCall {
  const call = {
    method: 'PATCH',
    path: `${itemPath(list, itemId)}/fields`,
    body: fields,
    units: COST.write,
  } as const;
  return etag === null ? call : { ...call, ifMatch: etag };
}

/** Deletes an item; 404 means that it is gone already. */
export function deleteItemCall(list: ListRef, itemId: string, etag: string | null): GraphCall {
  const call = { method: 'DELETE', path: itemPath(list, itemId), units: COST.write } as const;
  return etag === null ? call : { ...call, ifMatch: etag };
}

/** Reads an item with all its columns; 404 means that it is gone. */
export function readItemCall(list: ListRef, itemId: string): GraphCall {
  return { method: 'GET', path: `${itemPath(list, itemId)}?$expand=fields`, units: COST.readItem };
}
