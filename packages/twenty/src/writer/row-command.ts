/** A value of one column as it goes to PostgreSQL; exact numbers, times and JSON as text. */
export type ColumnValue = string | number | boolean | readonly string[] | null;

/** A row as PostgreSQL has it: numeric, bigint, date and JSON as exact text, timestamptz as ISO UTC with microseconds. */
export type Row = Readonly<Record<string, ColumnValue>>;

/** Where a record's row is. */
export interface RowPlace {
  readonly schema: string;
  readonly table: string;
  readonly recordId: string;
}

/** One write to one record. */
export interface RowCommand extends RowPlace {
  readonly kind: 'insert' | 'update';
  /** The columns to set; `deletedAt` is one like any other. */
  readonly values: Row;
  /** The values last seen of the columns; an update happens only while they still hold. Ignored by an insert. */
  readonly expected: Row;
  /**
   * The time to put into `updatedAt`; the server's own when left out. A row that was updated later is left alone, unless `expected`
   * says when it was: clocks differ, and then the row is to be compared with what was read.
   */
  readonly nowIso?: string;
}

/** The row was written; a change of it with a lower `lsn` is this one or older. */
export interface RowWritten {
  readonly kind: 'written';
  readonly lsn: bigint;
  readonly row: Row;
}

/** Nothing was written: the row is not as expected, is there already (insert), or is gone (null). */
export interface RowMoved {
  readonly kind: 'moved';
  readonly lsn: bigint;
  readonly row: Row | null;
}

/** Nothing was written, and never will be: the data does not fit. */
export interface RowRefused {
  readonly kind: 'refused';
  /** SQLSTATE, or `unknown-table`, `unknown-column`, `nothing-to-write`. */
  readonly code: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly message: string;
}

/** What became of a write. */
export type RowAnswer = RowWritten | RowMoved | RowRefused;
