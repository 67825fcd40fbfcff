/** What really happened to the records, as both sides wrote it down themselves. */

export type HistorySide = 'twenty' | 'sharepoint';

/** The field that says whether a record exists; its values are 'true' and 'false'. */
export const LIFE = 'alive';

/** One field of one record took another value. */
export interface Change {
  readonly side: HistorySide;
  /** Record id in Twenty. */
  readonly record: string;
  readonly field: string;
  readonly value: string | null;
  readonly by: 'user' | 'sync';
  /** Order within the side; a commit has one number. */
  readonly seq: number;
  /** Milliseconds since 1970, by the side's own clock. */
  readonly at: number;
  /** In SharePoint: the item that the record lives in. */
  readonly item?: number;
}

/** A write that a side acknowledged to a user. */
export interface Acknowledged {
  readonly side: HistorySide;
  readonly record: string;
  readonly field: string;
  readonly value: string | null;
}

/** A conflict as `sync.conflicts` tells it; group values are their canonical text. */
export interface ToldConflict {
  readonly record: string;
  readonly field: string;
  readonly twentyValue: string | null;
  readonly sharepointValue: string | null;
  readonly isOpen: boolean;
}

export const VIOLATION_KINDS = [
  'lost',
  'duplicate',
  'diverged',
  'resurrected',
  'echo',
  'reordered',
  'silentOverwrite',
] as const;
export type ViolationKind = (typeof VIOLATION_KINDS)[number];

export interface Violation {
  readonly kind: ViolationKind;
  readonly record: string;
  readonly field: string;
  readonly story: string;
}

/** A record as it lives on one side at the end. */
export interface LiveCopy {
  readonly side: HistorySide;
  readonly record: string;
  /** Where it lives: row id or item id. */
  readonly id: string;
  /** A value that no two records share, if it has one. */
  readonly mark: string | null;
}

export interface Evidence {
  readonly changes: readonly Change[];
  readonly acknowledged: readonly Acknowledged[];
  readonly conflicts: readonly ToldConflict[];
  readonly live: readonly LiveCopy[];
  /** `record|field` that was refused with a reason; `record|*` for a record in the dead letters. */
  readonly excused: ReadonlySet<string>;
  /** Items that the answers of the sync to its own commands name. */
  readonly answered: ReadonlySet<number>;
  /** Changes by the sync with a `seq` above these, per side, happened after everything had come to rest. */
  readonly restAt: Readonly<Record<HistorySide, number>>;
}

export const otherSide = (side: HistorySide): HistorySide => (side === 'twenty' ? 'sharepoint' : 'twenty');
