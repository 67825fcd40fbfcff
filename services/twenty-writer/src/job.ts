/** The words of this service: what it can do next, what it can see, and where one command stands. */
import type { ObjectMapping, Picture, Refusal, RowValue, TwentyObject, TwentyWrite, Wish } from '@sync/core';

export type Row = Readonly<Record<string, RowValue>>;

/** Where a record lives: its schema, and its table with the columns it really has. */
export interface Place {
  readonly schema: string;
  readonly object: TwentyObject;
}

export type Request =
  | { readonly do: 'insert'; readonly values: Row }
  | { readonly do: 'update'; readonly values: Row; readonly expected: Row }
  | { readonly do: 'read' };

export type Step = Request | { readonly do: 'answer'; readonly answer: Answer };

/** What a request met; `lsn` is younger than every change of the row so far. */
export type Seen =
  | { readonly saw: 'written'; readonly lsn: bigint; readonly row: Row }
  /** Nothing was written; this is the row, if there is one. */
  | { readonly saw: 'row'; readonly lsn: bigint; readonly row: Row | null }
  | {
      readonly saw: 'refused';
      readonly code: string;
      readonly column?: string;
      readonly constraint?: string;
    };

export interface Answer {
  readonly kind: 'written' | 'alreadySo' | 'stale' | 'refused';
  readonly wishes: readonly Wish[];
  readonly version: string;
  readonly picture: Picture | null;
}

/** One command on its way to its answer. */
export interface Job {
  readonly command: TwentyWrite;
  readonly mapping: ObjectMapping;
  readonly place: Place;
  /** Raised after a failover that may have moved the log back. */
  readonly epoch: number;
  readonly nowIso: string;
  /** Field to the youngest source version that this writer wrote; empty after a restart. */
  readonly sources: Readonly<Record<string, string>>;
  /** Wishes that no one has refused so far. */
  readonly wishes: readonly Wish[];
  readonly refusals: readonly Refusal[];
  readonly attempts: number;
  /** True once the row was compared by its exact columns. */
  readonly exact: boolean;
}

export interface Turn {
  readonly job: Job;
  readonly step: Step;
}
