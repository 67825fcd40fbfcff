/** Edits from both sides at once, most of them of few records, and a log of what was acknowledged. */
import type { Acknowledged, HistorySide } from '../history/change.ts';
import { LIFE } from '../history/change.ts';
import type { Random } from '../random.ts';
import { FIELDS } from './fields.ts';
import type { LoadField } from './fields.ts';
import type { SharePointUser } from './sharepoint-user.ts';
import type { TwentyUser } from './twenty-user.ts';

/** An acknowledged write; the record of an item may not be known yet. */
export interface Entry extends Omit<Acknowledged, 'record'> {
  readonly record: string | null;
  readonly item: number | null;
  /** Milliseconds since 1970 when it was asked for and when it was acknowledged. */
  readonly from: number;
  readonly at: number;
}

/** A delete that a person asked for, acknowledged or not. */
export interface AskedDelete {
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** What the load needs to see of the list: the live item of a record, and those in the recycle bin. */
export interface ListSight {
  itemOf(record: string): number | undefined;
  recordOf(item: number): string | undefined;
  recycled(): readonly number[];
}

export interface LoadOptions {
  readonly twenty: TwentyUser;
  readonly sharepoint: SharePointUser;
  readonly sight: ListSight;
  readonly random: Random;
  readonly perSecond: number;
  readonly onEntry: (entry: Entry) => void;
}

/** Records that everybody edits, and those that are also deleted and restored. */
const HOT = 24;
const MORTAL = 6;
const TICK_MS = 100;

export class Load {
  readonly entries: Entry[] = [];
  readonly askedDeletes: AskedDelete[] = [];
  /** Asked for and not acknowledged: it may have happened or not. */
  unacknowledged = 0;
  readonly #options: LoadOptions;
  readonly #hot: string[] = [];
  readonly #beating: string[] = [];
  readonly #running = new Set<Promise<void>>();
  #number = 1_000;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** Makes the records that are edited later, all from Twenty's side. */
  async prepare(): Promise<readonly string[]> {
    for (let at = 0; at < HOT + 2; at += 1) this.#hot.push(await this.#createRow());
    this.#beating.push(...this.#hot.splice(HOT));
    return [...this.#hot, ...this.#beating];
  }

  /** Writes until told to stop, then waits for what is under way. */
  async run(stop: AbortSignal): Promise<void> {
    const perTick = (this.#options.perSecond * TICK_MS) / 1_000;
    let due = 0;
    while (!stop.aborted) {
      due += perTick;
      for (; due >= 1; due -= 1) if (this.#running.size < 64) this.#begin();
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    await Promise.all(this.#running);
  }

  /** One edit from either side, again and again, of two records that nobody else touches: by them recovery is measured. */
  async beat(stop: AbortSignal, everyMs: number): Promise<void> {
    const field = FIELDS[1];
    const [first, second] = this.#beating;
    if (field === undefined || first === undefined || second === undefined)
      throw new Error('prepare() comes first');
    while (!stop.aborted) {
      const both = [this.#editRow(first, field), this.#editItem(second, field)];
      for (const one of await Promise.allSettled(both))
        if (one.status === 'rejected') this.unacknowledged += 1;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  #begin(): void {
    const work = this.#act().catch(() => void (this.unacknowledged += 1));
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  async #act(): Promise<void> {
    const { random } = this.#options;
    const dice = random.next();
    const record = random.pick(this.#hot);
    const field = random.pick(FIELDS);
    if (dice < 0.62) return this.#editRow(record, field);
    if (dice < 0.83) return this.#editItem(record, field);
    // Both at once, half of the time the very same field.
    if (dice < 0.98) {
      const second = random.next() < 0.5 ? field : random.pick(FIELDS);
      await Promise.all([this.#editRow(record, field), this.#editItem(record, second)]);
      return;
    }
    if (dice < 0.99) return this.#create();
    return this.#liveOrDie();
  }

  async #create(): Promise<void> {
    if (this.#options.random.next() < 0.5) {
      await this.#createRow();
      return;
    }
    const from = Date.now();
    const title = FIELDS[0]?.spell(this.#next()) ?? '';
    const item = await this.#options.sharepoint.create({ Title: title });
    this.#keep({ side: 'sharepoint', record: null, item, field: 'name', value: String(title), from });
  }

  async #createRow(): Promise<string> {
    const from = Date.now();
    const name = String(FIELDS[0]?.spell(this.#next()));
    const record = await this.#options.twenty.create({ name });
    this.#keep({ side: 'twenty', record, item: null, field: 'name', value: name, from });
    return record;
  }

  async #editRow(record: string, field: LoadField): Promise<void> {
    const from = Date.now();
    const value = this.#value(field);
    if (await this.#options.twenty.edit(record, { [field.row]: value }))
      this.#keep({ side: 'twenty', record, item: null, field: field.field, value: textOf(value), from });
  }

  async #editItem(record: string, field: LoadField): Promise<void> {
    const item = this.#options.sight.itemOf(record);
    if (item === undefined) return;
    const from = Date.now();
    const value = this.#value(field);
    await this.#options.sharepoint.edit(item, { [field.column]: value });
    this.#keep({ side: 'sharepoint', record, item, field: field.field, value: textOf(value), from });
  }

  /** The first few records die and come back, on either side. */
  async #liveOrDie(): Promise<void> {
    const { random, twenty, sharepoint, sight } = this.#options;
    const record = this.#hot[random.between(0, MORTAL - 1)] ?? '';
    const from = Date.now();
    const entry = (side: HistorySide, value: string, item: number | null): void =>
      this.#keep({ side, record, item, field: LIFE, value, from });
    if (random.next() < 0.5) {
      if (await twenty.restore(record)) return entry('twenty', 'true', null);
      if (await twenty.softDelete(record)) entry('twenty', 'false', null);
      return;
    }
    const item = sight.itemOf(record);
    if (item !== undefined) {
      await this.#removeItem(item);
      return entry('sharepoint', 'false', item);
    }
    const binned = sight.recycled().findLast((one) => sight.recordOf(one) === record);
    if (binned === undefined) return;
    await sharepoint.restore(binned);
    entry('sharepoint', 'true', binned);
  }

  async #removeItem(item: number): Promise<void> {
    const from = Date.now();
    try {
      await this.#options.sharepoint.remove(item);
    } finally {
      this.askedDeletes.push({ item, from, to: Date.now() });
    }
  }

  #value({ spell, mayBeBlank }: LoadField): string | number | null {
    const number = this.#next();
    return mayBeBlank && this.#options.random.next() < 0.05 ? null : spell(number);
  }

  #next(): number {
    this.#number += 1;
    return this.#number;
  }

  #keep(entry: Omit<Entry, 'at'>): void {
    const kept = { ...entry, at: Date.now() };
    this.entries.push(kept);
    this.#options.onEntry(kept);
  }
}

const textOf = (value: string | number | null): string | null => (value === null ? null : String(value));
