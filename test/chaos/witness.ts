/** Watches both sides' own histories while the run goes on. */
import type pg from 'pg';
import { checkDiverged } from './history/check-diverged.ts';
import type { Change, HistorySide, LiveCopy } from './history/change.ts';
import { sharepointHistory } from './history/sharepoint-history.ts';
import { Tracks } from './history/tracks.ts';
import { twentyHistory } from './history/twenty-history.ts';
import type { RowFact } from './history/twenty-history.ts';
import { ITEM_COLUMNS, ROW_COLUMNS } from './load/fields.ts';
import type { JournalTail } from './load/journal-tail.ts';
import type { AskedDelete, ListSight } from './load/load.ts';
import { readLedger } from './load/twenty-ledger.ts';

export interface Testimony {
  readonly changes: readonly Change[];
  readonly live: readonly LiveCopy[];
  readonly recordOf: ReadonlyMap<number, string>;
  readonly last: Readonly<Record<HistorySide, number>>;
}

export class Witness {
  readonly rows: RowFact[] = [];
  readonly #tail: JournalTail;
  readonly #pool: pg.Pool;
  readonly #timer: NodeJS.Timeout;

  constructor(tail: JournalTail, pool: pg.Pool) {
    this.#tail = tail;
    this.#pool = pool;
    this.#timer = setInterval(() => tail.read(), 100);
  }

  /** What the load sees of the list. */
  sight(): ListSight {
    const recordOf = (item: number): string | undefined =>
      textOf(this.#tail.items.get(item)?.fields['TwentyId']);
    const items = (deleted: boolean): number[] =>
      [...this.#tail.items.values()].filter((item) => item.deleted === deleted).map(({ id }) => id);
    return {
      itemOf: (record) => items(false).find((item) => recordOf(item) === record),
      recordOf,
      recycled: () => items(true),
    };
  }

  /** Everything up to now. */
  async testify(askedDeletes: readonly AskedDelete[]): Promise<Testimony> {
    this.#tail.read();
    // One by one: a long run leaves more rows than a call takes arguments.
    for (const row of await readLedger(this.#pool, this.rows.at(-1)?.seq ?? 0)) this.rows.push(row);
    const twenty = twentyHistory(this.rows, ROW_COLUMNS);
    const asked = (item: number, at: number): boolean =>
      askedDeletes.some((one) => one.item === item && one.from - 5 <= at && at <= one.to + 5);
    const sharepoint = sharepointHistory(this.#tail.facts, ITEM_COLUMNS, asked);
    return {
      changes: [...twenty.changes, ...sharepoint.changes],
      live: [...twenty.live, ...sharepoint.live],
      recordOf: sharepoint.recordOf,
      last: { twenty: this.rows.at(-1)?.seq ?? 0, sharepoint: this.#tail.seq },
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** How many records differ between the sides. */
export function differing({ changes }: Testimony): number {
  const tracks = new Tracks(changes, []);
  return tracks.records.filter((record) => checkDiverged(tracks, record, new Set()).length > 0).length;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
