import { invalidRequest, isRefusal } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Column, Fact, Item } from '../state/model.ts';
import type { ListState } from '../state/state.ts';
import { changeColumn, findColumn, makeColumn } from './columns.ts';
import { withColumns } from './lists.ts';

export interface ColumnWrite {
  readonly column: Column;
  readonly facts: readonly Fact[];
}

export function addColumn(
  list: ListState,
  definition: unknown,
  moment: { readonly now: number; readonly newId: () => string },
): ColumnWrite | Refusal {
  const column = makeColumn(definition, list.info.columns, moment.newId());
  if (isRefusal(column)) return column;
  return columnWrite(list, column, [...list.info.columns, column], moment.now);
}

export function patchColumn(
  list: ListState,
  key: string,
  patch: unknown,
  now: number,
): ColumnWrite | Refusal {
  const before = findColumn(list.info.columns, key);
  if (isRefusal(before)) return before;
  const column = changeColumn(before, patch, list.info.columns);
  if (isRefusal(column)) return column;
  if (column.enforceUniqueValues && !before.enforceUniqueValues && hasDuplicates(list, column)) {
    return invalidRequest(`column '${column.name}' already holds duplicate values`);
  }
  const columns = list.info.columns.map((one) => (one.id === column.id ? column : one));
  return columnWrite(list, column, columns, now);
}

/** Removes a column and the values it held; the items' versions do not move. */
export function removeColumn(list: ListState, key: string, now: number): ColumnWrite | Refusal {
  const column = findColumn(list.info.columns, key);
  if (isRefusal(column)) return column;
  if (column.name === 'Title') return invalidRequest("column 'Title' cannot be removed");
  const columns = list.info.columns.filter((one) => one.id !== column.id);
  const written = columnWrite(list, column, columns, now);
  return { column, facts: [...written.facts, ...emptied(list, column)] };
}

function columnWrite(list: ListState, column: Column, columns: readonly Column[], now: number): ColumnWrite {
  return { column, facts: [{ t: 'list', list: withColumns(list.info, columns, now) }] };
}

function emptied(list: ListState, column: Column): Fact[] {
  return [...list.items.values()]
    .filter((item) => item.fields[column.name] !== undefined)
    .map((item) => ({ t: 'item', listId: list.info.id, item: without(item, column.name) }));
}

function without(item: Item, name: string): Item {
  const { [name]: _gone, ...fields } = item.fields;
  return { ...item, fields };
}

function hasDuplicates(list: ListState, column: Column): boolean {
  const live = [...list.items.values()].filter((item) => !item.deleted);
  const values = live.map((item) => item.fields[column.name]).filter((value) => value !== undefined);
  return new Set(values.map((value) => String(value).toLowerCase())).size < values.length;
}
