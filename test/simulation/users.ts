/** People at both sides: they see what their side holds, and change it. */
import { toItem, toRow } from '@sync/core';
import { ITEM_NAMESPACE, uuid5 } from '../../services/delta-reader/src/uuid5.ts';
import type { Clock } from './clock.ts';
import { EDITED, SITE, columnsOf, fieldOf } from './places.ts';
import type { SimObject } from './places.ts';
import type { Postgres, SimRow } from './postgres.ts';
import type { Doing } from './scenario.ts';
import type { Item, SharePoint } from './sharepoint.ts';

interface Place {
  readonly object: SimObject;
  readonly recordId: string;
}

type UserDoing = Extract<Doing, { readonly slot: number }>;

export class Users {
  readonly #postgres: Postgres;
  readonly #sharepoint: SharePoint;
  readonly #clock: Clock;
  readonly #slots = new Map<number, Place>();
  /** What users did, by kind; what was impossible at the time is not counted. */
  readonly done = new Map<string, number>();

  constructor(postgres: Postgres, sharepoint: SharePoint, clock: Clock) {
    this.#postgres = postgres;
    this.#sharepoint = sharepoint;
    this.#clock = clock;
  }

  act(doing: UserDoing): void {
    if (doing.do === 'create') return this.#create(doing);
    const place = this.#slots.get(doing.slot);
    if (place === undefined) return;
    const did = doing.side === 'twenty' ? this.#inTwenty(place, doing) : this.#inSharePoint(place, doing);
    if (did) this.#note(`${doing.do} in ${doing.side}`);
  }

  #note(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }

  #create({ side, slot, person }: Extract<Doing, { readonly do: 'create' }>): void {
    const object: SimObject = person ? 'person' : 'company';
    const filled = EDITED[object].slice(0, 2);
    const value = (field: string): string | null => valueFor(object, field, 100_000 + slot, null);
    this.#note(`create in ${side}`);
    if (side === 'twenty') {
      const recordId = uuid5(ITEM_NAMESPACE, `slot ${slot}`);
      this.#slots.set(slot, { object, recordId });
      const blank = Object.fromEntries(columnsOf(object).map((column) => [column, null]));
      const values = filled.map((field) => rowColumns(object, field, value(field)));
      this.#postgres.commit(
        'user',
        object,
        recordId,
        Object.assign({}, blank, ...values, { id: recordId }) as SimRow,
      );
      return;
    }
    const columns = filled.map((field) => itemColumns(object, field, value(field)));
    const item = this.#sharepoint.create('user', object, Object.assign({}, ...columns) as Item['columns']);
    this.#slots.set(slot, { object, recordId: recordIdOf(item) });
  }

  #inTwenty({ object, recordId }: Place, doing: UserDoing): boolean {
    const row = this.#postgres.row(object, recordId);
    if (row === null) return false;
    const alive = (row['deletedAt'] ?? null) === null;
    const commit = (change: SimRow): boolean => {
      const updatedAt = new Date(this.#clock.now).toISOString();
      this.#postgres.commit('user', object, recordId, { ...row, updatedAt, ...change });
      return true;
    };
    if (doing.do === 'destroy') {
      this.#postgres.commit('user', object, recordId, null);
      return true;
    }
    if (doing.do === 'restore') return !alive && commit({ deletedAt: null });
    if (!alive) return false;
    if (doing.do === 'delete') return commit({ deletedAt: new Date(this.#clock.now).toISOString() });
    if (doing.do === 'touch') return commit({});
    return commit(this.#edited(object, doing, rowColumns) as SimRow);
  }

  #inSharePoint({ object, recordId }: Place, doing: UserDoing): boolean {
    const items = [...this.#sharepoint.items.values()].filter(
      (item) => item.object === object && recordIdOf(item) === recordId,
    );
    const live = items.find((item) => !item.deleted);
    if (doing.do === 'restore') {
      const binned = items[this.#clock.now % Math.max(items.length, 1)];
      if (live !== undefined || binned === undefined) return false;
      this.#sharepoint.setDeleted('user', binned, false);
      return true;
    }
    if (live === undefined) return false;
    if (doing.do === 'delete') this.#sharepoint.setDeleted('user', live, true);
    else if (doing.do === 'touch') this.#sharepoint.update('user', live, {});
    else this.#sharepoint.update('user', live, this.#edited(object, doing, itemColumns));
    return true;
  }

  #edited(
    object: SimObject,
    doing: UserDoing,
    encode: (object: SimObject, field: string, value: string | null) => Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    const fields = EDITED[object];
    const named = (place: number): string => fields[place % fields.length] ?? '';
    if (doing.do === 'clear') return encode(object, named(doing.field), null);
    if (doing.do !== 'edit') return {};
    const company = [...this.#slots.values()].find((place) => place.object === 'company')?.recordId ?? null;
    const columns = [...new Set([doing.field, doing.also])].map((place) =>
      encode(object, named(place), valueFor(object, named(place), doing.value, company)),
    );
    return Object.assign({}, ...columns) as Readonly<Record<string, unknown>>;
  }
}

/** A canonical value that only this edit sets, where the field has room for one. */
function valueFor(object: SimObject, field: string, value: number, company: string | null): string | null {
  if (field === 'employees') return String(value + 1);
  if (field === 'idealCustomerProfile') return String(value % 2 === 0);
  if (field === 'company') return company;
  if (field === 'annualRevenue') return fieldOf(object, field).codec.fromItem([value + 0.25, null, 'EUR']);
  return `${field} ${value}`;
}

function rowColumns(object: SimObject, field: string, value: string | null): SimRow {
  const row = columnsOf(object);
  const encoded = toRow(fieldOf(object, field), value, (column) => row.includes(column));
  if (!encoded.ok) throw new Error(encoded.reason);
  return encoded.values;
}

function itemColumns(
  object: SimObject,
  field: string,
  value: string | null,
): Readonly<Record<string, unknown>> {
  const encoded = toItem(fieldOf(object, field), value);
  if (!encoded.ok) throw new Error(encoded.reason);
  return encoded.values;
}

/** The record an item stands for: the one it names, else the one that follows from the item. */
export function recordIdOf(item: Item): string {
  if (item.toldAs !== undefined) return item.toldAs;
  const named = item.columns['TwentyId'];
  return typeof named === 'string' ? named : uuid5(ITEM_NAMESPACE, `${SITE}|list-${item.object}|${item.id}`);
}
