import { isRefusal, notFound, refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Actor, Column, Fact, Item } from '../state/model.ts';
import { itemsWithValue } from '../state/state.ts';
import type { ListState } from '../state/state.ts';
import { patched, readPatch } from './field-patch.ts';
import type { FieldPatch } from './field-patch.ts';
import type { ValueRules } from './field-values.ts';
import { preconditionRefusal } from './etag.ts';
import type { IfMatchMode } from './etag.ts';

export type UniqueViolation = 409 | 400 | 500;

/** Everything about the moment of a write that the decision must not fetch for itself. */
export interface WriteContext {
  readonly actor: Actor;
  readonly now: number;
  readonly newId: () => string;
  readonly rules: ValueRules;
  readonly uniqueViolation: UniqueViolation;
}

export interface Precondition {
  readonly ifMatch: string | undefined;
  readonly mode: IfMatchMode;
}

export interface ItemWrite {
  readonly item: Item;
  readonly facts: readonly Fact[];
}

export function createItem(list: ListState, fields: unknown, context: WriteContext): ItemWrite | Refusal {
  const patch = readPatch(fields, list.info.columns, context.rules);
  if (isRefusal(patch)) return patch;
  const clash = uniqueClash(list, patch, null, context.uniqueViolation);
  if (clash !== undefined) return clash;
  const { actor, now } = context;
  return write(list, {
    id: list.lastId + 1,
    uniqueId: context.newId(),
    version: 1,
    fields: patched({}, patch),
    createdBy: actor,
    createdAt: now,
    modifiedBy: actor,
    modifiedAt: now,
    deleted: false,
    seq: list.seq + 1,
    changedAt: now,
  });
}

export function updateItem(
  list: ListState,
  itemId: string,
  fields: unknown,
  precondition: Precondition,
  context: WriteContext,
): ItemWrite | Refusal {
  const before = liveItem(list, itemId);
  if (isRefusal(before)) return before;
  const stale = preconditionRefusal(before, precondition);
  if (stale !== undefined) return stale;
  const patch = readPatch(fields, list.info.columns, context.rules);
  if (isRefusal(patch)) return patch;
  const clash = uniqueClash(list, patch, before.id, context.uniqueViolation);
  if (clash !== undefined) return clash;
  const { actor, now } = context;
  const next = { fields: patched(before.fields, patch), modifiedBy: actor, modifiedAt: now };
  return write(list, { ...changed(list, before, now), ...next, version: before.version + 1 });
}

/** Moves an item to the recycle bin. */
export function deleteItem(
  list: ListState,
  itemId: string,
  precondition: Precondition,
  now: number,
): ItemWrite | Refusal {
  const before = liveItem(list, itemId);
  if (isRefusal(before)) return before;
  const stale = preconditionRefusal(before, precondition);
  if (stale !== undefined) return stale;
  return write(list, { ...changed(list, before, now), deleted: true });
}

/** Brings an item back from the recycle bin, with the id it had. */
export function restoreItem(list: ListState, itemId: string, context: WriteContext): ItemWrite | Refusal {
  const before = list.items.get(Number(itemId));
  if (before === undefined || !before.deleted) return notFound(`no item ${itemId} in the recycle bin`);
  const clash = uniqueClash(list, new Map(Object.entries(before.fields)), before.id, context.uniqueViolation);
  if (clash !== undefined) return clash;
  const version = before.version + 1;
  return write(list, { ...changed(list, before, context.now), version, deleted: false });
}

export function liveItem(list: ListState, itemId: string): Item | Refusal {
  const item = /^\d+$/.test(itemId) ? list.items.get(Number(itemId)) : undefined;
  return item === undefined || item.deleted ? notFound(`no item ${itemId}`) : item;
}

const changed = (list: ListState, item: Item, now: number): Item => ({
  ...item,
  seq: list.seq + 1,
  changedAt: now,
});

const write = (list: ListState, item: Item): ItemWrite => ({
  item,
  facts: [{ t: 'item', listId: list.info.id, item }],
});

/** Blank values never clash; text compares without regard to case. */
function uniqueClash(
  list: ListState,
  patch: FieldPatch,
  ownId: number | null,
  status: UniqueViolation,
): Refusal | undefined {
  for (const column of list.info.columns) {
    const value = column.enforceUniqueValues ? patch.get(column.name) : undefined;
    if (value === undefined || value === null) continue;
    if (itemsWithValue(list, column.name, value).some((item) => item.id !== ownId)) {
      return duplicate(column, status);
    }
  }
  return undefined;
}

const DUPLICATE_CODES: Record<UniqueViolation, string> = {
  409: 'nameAlreadyExists',
  400: 'invalidRequest',
  500: 'generalException',
};

function duplicate(column: Column, status: UniqueViolation): Refusal {
  const where = 'in the following field(s) in the list';
  const message = `The list item could not be added or updated because duplicate values were found ${where}: [${column.name}].`;
  return refuse(status, DUPLICATE_CODES[status], message);
}
