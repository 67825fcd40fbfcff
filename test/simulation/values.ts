/** What a row and an item hold, in the canonical values that both sides are compared by. */
import { ALIVE, fromItem, fromRow, recordKey } from '@sync/core';
import { EDITED, WORKSPACE, fieldOf } from './places.ts';
import type { SimObject } from './places.ts';
import type { SimRow } from './postgres.ts';
import type { Columns } from './sharepoint.ts';

export type Values = Readonly<Record<string, string | null>>;

/** What a row holds, in canonical values. */
export function rowValues(object: SimObject, row: SimRow | null): Values | null {
  if (row === null) return null;
  const values = EDITED[object].map((name) => [name, fromRow(fieldOf(object, name), row) ?? null] as const);
  return { ...Object.fromEntries(values), [ALIVE]: String((row['deletedAt'] ?? null) === null) };
}

/** What a live item holds, in canonical values. */
export function itemValues(object: SimObject, columns: Columns | null): Values | null {
  if (columns === null) return null;
  const values = EDITED[object].map((name) => [name, fromItem(fieldOf(object, name), columns)] as const);
  return { ...Object.fromEntries(values), [ALIVE]: 'true' };
}

export function keyOf(object: SimObject, recordId: string): string {
  return recordKey({ workspaceId: WORKSPACE, object, recordId });
}
