/** Twenty's PostgreSQL: rows, a write-ahead log with LSNs in commit order, and a failover that loses the end of it. */
import { twentyVersion } from '@sync/core';
import type { RowValue } from '@sync/core';
import type { Clock } from './clock.ts';
import { SCHEMA } from './places.ts';
import type { SimObject } from './places.ts';
import type { Random } from './random.ts';

export type SimRow = Readonly<Record<string, RowValue>>;

export interface WalEntry {
  readonly lsn: bigint;
  readonly op: 'c' | 'u' | 'd' | 'r';
  readonly object: SimObject;
  readonly recordId: string;
  readonly before: SimRow | null;
  readonly after: SimRow | null;
  readonly committedAt: number;
}

/** A write: who made it, and what it did to a row. */
export interface RowMove {
  readonly by: 'user' | 'sync' | 'failover';
  readonly object: SimObject;
  readonly recordId: string;
  readonly before: SimRow | null;
  readonly after: SimRow | null;
}

/** A large text stays out of the log while it does not change, when the table logs no old rows. */
const TOASTED = 'industry';
const UNAVAILABLE = '__debezium_unavailable_value';

export class Postgres {
  readonly rows = new Map<string, SimRow>();
  wal: WalEntry[] = [];
  lsn: bigint;
  epoch = 1;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #fullRows: boolean;
  onMove: (move: RowMove) => void = () => undefined;
  onCommit: () => void = () => undefined;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
    // Just below a power of ten and of sixteen in turn, where a comparison as text goes wrong.
    this.lsn = random.pick([99_700n, 9_999_500n, 0xffff_fe00n]);
    this.#fullRows = random.chance(0.7);
  }

  row(object: SimObject, recordId: string): SimRow | null {
    return this.rows.get(`${object}|${recordId}`) ?? null;
  }

  /** Commits a change of one row; null deletes it. Returns the LSN that a statement would report. */
  commit(by: RowMove['by'], object: SimObject, recordId: string, after: SimRow | null): bigint {
    const before = this.row(object, recordId);
    const changeLsn = (this.lsn += BigInt(this.#random.between(8, 90)));
    const op = before === null ? 'c' : after === null ? 'd' : 'u';
    this.#store(object, recordId, after);
    this.wal.push({ lsn: changeLsn, op, object, recordId, before, after, committedAt: this.#clock.now });
    this.onMove({ by, object, recordId, before, after });
    this.onCommit();
    return (this.lsn += 8n);
  }

  /** A position after every change so far. */
  readLsn(): bigint {
    return (this.lsn += 8n);
  }

  /** Goes back by some changes, creations and deletions never being among them; a new epoch begins. */
  failOver(most: number): void {
    for (let lost = 0; lost < most && this.wal.at(-1)?.op === 'u'; lost++) {
      const entry = this.wal.pop();
      if (entry === undefined) break;
      const { object, recordId } = entry;
      const standing = this.row(object, recordId);
      this.#store(object, recordId, entry.before);
      this.onMove({ by: 'failover', object, recordId, before: standing, after: entry.before });
    }
    this.lsn = (this.wal.at(-1)?.lsn ?? this.lsn) + 8n;
    this.epoch++;
  }

  /** What a snapshot of all rows reads. */
  snapshot(): void {
    for (const [key, row] of this.rows) {
      const [object = '', recordId = ''] = key.split('|');
      this.wal.push({
        lsn: this.lsn,
        op: 'r',
        object: object as SimObject,
        recordId,
        before: null,
        after: row,
        committedAt: this.#clock.now,
      });
    }
    this.onCommit();
  }

  /** An entry as Debezium writes it. */
  debezium(entry: WalEntry): Buffer {
    const { op, object, before, after, lsn, committedAt } = entry;
    const toasted = !this.#fullRows && op === 'u' && after !== null && after[TOASTED] === before?.[TOASTED];
    const shown =
      toasted && TOASTED in after && after[TOASTED] !== null ? { ...after, [TOASTED]: UNAVAILABLE } : after;
    const old = this.#fullRows ? before : op === 'd' ? { id: entry.recordId } : null;
    const source = { schema: SCHEMA, table: object, lsn: `LSN`, ts_ms: committedAt };
    const text = JSON.stringify({ op, before: old, after: shown, source, transaction: { total_order: 1 } });
    return Buffer.from(text.replace('"LSN"', String(lsn)));
  }

  versionAt(lsn: bigint): string {
    return twentyVersion({ epoch: this.epoch, lsn, order: 1 });
  }

  #store(object: SimObject, recordId: string, row: SimRow | null): void {
    if (row === null) this.rows.delete(`${object}|${recordId}`);
    else this.rows.set(`${object}|${recordId}`, row);
  }
}
