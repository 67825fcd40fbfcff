/** The words of this service: what it can do next, what it can see, and where one command stands. */
import type {
  ObjectMapping,
  Picture,
  PictureEditor,
  Refusal,
  SharePointWrite,
  SyncError,
  Wish,
  WriteMemory,
} from '@sync/core';

export type Columns = Readonly<Record<string, unknown>>;

/** An item as it was read. */
export interface SeenItem {
  readonly id: string;
  readonly etag: string;
  /** Milliseconds since 1970; null when Graph did not say. */
  readonly modifiedAt: number | null;
  readonly modifiedBy: PictureEditor;
  readonly fields: Columns;
}

/** A request to Graph. `etag` is what If-Match carries, `version` the version that it stands for. */
export type Request =
  | { readonly do: 'create'; readonly columns: Columns }
  | {
      readonly do: 'update';
      readonly itemId: string;
      readonly etag: string;
      readonly version: string;
      readonly columns: Columns;
    }
  | { readonly do: 'delete'; readonly itemId: string; readonly etag: string; readonly version: string }
  | { readonly do: 'read'; readonly itemId: string }
  | { readonly do: 'find' };

export type Step =
  | Request
  | { readonly do: 'answer'; readonly answer: Answer }
  /** Nothing can be decided now; the runtime lets the key wait and begins again. */
  | { readonly do: 'wait'; readonly error: SyncError };

/** What a request met. */
export type Seen =
  /** The write stands; Graph does not always say with which eTag. */
  | { readonly saw: 'done'; readonly itemId: string; readonly etag: string | null }
  | { readonly saw: 'item'; readonly item: SeenItem }
  /** A read or a search that worked and found nothing. */
  | { readonly saw: 'nothing' }
  | { readonly saw: 'stale' }
  | { readonly saw: 'missing' }
  | { readonly saw: 'duplicate' }
  | { readonly saw: 'unknownColumn'; readonly column: string }
  | { readonly saw: 'refused'; readonly status: number; readonly code: string; readonly message: string }
  /** A create that may or may not have happened. */
  | { readonly saw: 'doubtful'; readonly error: SyncError };

export interface Answer {
  readonly kind: 'written' | 'alreadySo' | 'stale' | 'refused';
  readonly wishes: readonly Wish[];
  readonly version: string;
  readonly itemId: string | null;
  readonly etag: string | null;
  readonly picture: Picture | null;
}

/** What the writer remembers of a record: its own last answer. */
export type Known = WriteMemory;

/** One command on its way to its answer. */
export interface Job {
  readonly command: SharePointWrite;
  readonly mapping: ObjectMapping;
  /** What this writer's last answer for the record said, whichever instance gave it. */
  readonly known: Known | undefined;
  /** Wishes that no one has refused so far. */
  readonly wishes: readonly Wish[];
  readonly refusals: readonly Refusal[];
  /** Value of LastSyncedAt; null when the list lacks the column. */
  readonly stamp: string | null;
  /** Requests made. */
  readonly attempts: number;
  /** Writes that were sent again because what they met had no reason in the item. */
  readonly repeats: number;
  /** The write that is being looked into, and what it met. */
  readonly doubt: { readonly request: Request; readonly seen: Seen } | null;
}

export interface Turn {
  readonly job: Job;
  readonly step: Step;
}
