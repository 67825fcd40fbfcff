/** SharePoint's lists: items with eTags, a unique identity column, a recycle bin, and the feed of changes. */
import { IDENTITY_COLUMN } from '@sync/core';
import type { Clock } from './clock.ts';
import { OBJECTS } from './places.ts';
import type { SimObject } from './places.ts';

export type Columns = Readonly<Record<string, unknown>>;

export interface Item {
  readonly id: string;
  readonly object: SimObject;
  /** The number in the eTag. */
  readonly revision: number;
  readonly columns: Columns;
  readonly modifiedAt: number;
  readonly modifiedBy: 'user' | 'application';
  readonly createdBy: 'user' | 'application';
  readonly createdAt: number;
  readonly deleted: boolean;
  /** The record that it was told as, where that does not follow from the item: its first one lives in another item. */
  readonly toldAs?: string;
}

/** A change of an item, before and after. */
export interface ItemMove {
  readonly by: 'user' | 'application';
  readonly before: Item | null;
  readonly after: Item;
}

export class SharePoint {
  readonly items = new Map<string, Item>();
  /** Ids of changed items per list, the oldest first, with the time. */
  readonly feed: Record<SimObject, { readonly id: string; readonly at: number }[]> = {
    company: [],
    person: [],
  };
  /** Delta tokens up to here are worth nothing any more. */
  readonly forgotten: Record<SimObject, number> = { company: -1, person: -1 };
  /** Does an item that comes back from the recycle bin show who edited it last, and not who brought it back? */
  keepsEditors = false;
  readonly #clock: Clock;
  #lastId: Record<SimObject, number> = { company: 7, person: 97 };
  onMove: (move: ItemMove) => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  item(object: SimObject, id: string): Item | undefined {
    return this.items.get(`${object}|${id}`);
  }

  live(object: SimObject): Item[] {
    return [...this.items.values()].filter((item) => item.object === object && !item.deleted);
  }

  create(by: ItemMove['by'], object: SimObject, columns: Columns): Item {
    const base = { id: String(++this.#lastId[object]), object, revision: 0, columns: {}, deleted: false };
    const born = { ...base, createdBy: by, createdAt: this.#clock.now, modifiedBy: by, modifiedAt: 0 };
    return this.#store(by, null, { ...born, columns: filled(columns) });
  }

  update(by: ItemMove['by'], item: Item, columns: Columns): Item {
    return this.#store(by, item, { ...item, columns: filled({ ...item.columns, ...columns }) });
  }

  setDeleted(by: ItemMove['by'], item: Item, deleted: boolean): Item {
    return this.#store(by, item, { ...item, deleted });
  }

  /** The sync tells an item as another record's from now on. */
  tellAs(item: Item, recordId: string): void {
    this.items.set(`${item.object}|${item.id}`, { ...item, toldAs: recordId });
  }

  /** Every delta token that was given out is gone: whoever comes with one has to read the whole list. */
  forgetTokens(): void {
    for (const object of OBJECTS) this.forgotten[object] = this.feed[object].length;
  }

  /** True when another live item holds the value of the unique column. */
  isTaken(object: SimObject, columns: Columns, itemId: string | null): boolean {
    const id = columns[IDENTITY_COLUMN] ?? null;
    if (id === null) return false;
    return this.live(object).some((item) => item.id !== itemId && item.columns[IDENTITY_COLUMN] === id);
  }

  #store(by: ItemMove['by'], before: Item | null, item: Item): Item {
    const seconds = Math.floor(this.#clock.now / 1000) * 1000;
    const isMoved = this.keepsEditors && before !== null && before.deleted !== item.deleted;
    const edited = isMoved ? {} : { modifiedAt: seconds, modifiedBy: by };
    const after = { ...item, ...edited, revision: item.revision + 1 };
    this.items.set(`${item.object}|${item.id}`, after);
    this.feed[item.object].push({ id: item.id, at: this.#clock.now });
    this.onMove({ by, before, after });
    return after;
  }
}

/** Blank columns are not kept: Graph never shows them. */
function filled(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

export function etagOf(item: Item): string {
  return `"${item.object}-${item.id},${item.revision}"`;
}
