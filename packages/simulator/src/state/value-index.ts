import type { FieldValue, Item } from './model.ts';

/** Finds the live items of a list by the value of an indexed column, without reading the whole list. */
export class ValueIndex {
  #columns: Map<string, Map<string, Set<number>>>;

  constructor(columns: readonly string[]) {
    this.#columns = new Map(columns.map((name) => [name, new Map<string, Set<number>>()]));
  }

  reset(columns: readonly string[], items: Iterable<Item>): void {
    this.#columns = new Map(columns.map((name) => [name, new Map<string, Set<number>>()]));
    for (const item of items) this.add(item);
  }

  add(item: Item): void {
    if (item.deleted) return;
    for (const [name, values] of this.#columns) {
      const value = item.fields[name];
      if (value === undefined) continue;
      const ids = values.get(indexKey(value));
      if (ids === undefined) values.set(indexKey(value), new Set([item.id]));
      else ids.add(item.id);
    }
  }

  remove(item: Item): void {
    for (const [name, values] of this.#columns) {
      const value = item.fields[name];
      if (value === undefined) continue;
      const ids = values.get(indexKey(value));
      ids?.delete(item.id);
      if (ids?.size === 0) values.delete(indexKey(value));
    }
  }

  /** Item ids in ascending order. */
  find(column: string, value: FieldValue): number[] {
    const ids = this.#columns.get(column)?.get(indexKey(value));
    return ids === undefined ? [] : [...ids].sort((a, b) => a - b);
  }
}

function indexKey(value: FieldValue): string {
  return String(value).toLowerCase();
}
