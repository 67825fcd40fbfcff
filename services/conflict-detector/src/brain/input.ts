import type { ConflictKind, Side, Wish } from '@sync/core';

/** Everything that a side was seen to hold, at one version. */
export interface Seen {
  readonly version: string;
  /** False when the row or item does not exist, or the row is soft-deleted. */
  readonly exists: boolean;
  /** Canonical values by field name; empty when nothing can be said of the fields. */
  readonly values: Readonly<Record<string, string | null>>;
  /** Fields of which only the version moved (unchanged TOAST). */
  readonly unchanged: readonly string[];
  /** When a user set what is new in it, milliseconds since 1970; null without evidence. */
  readonly at: number | null;
  /** True when our application was the last to write the item; only of use where nothing else can tell. */
  readonly ours?: boolean;
  /** When a dead row of Twenty died, as exact text that tells one delete from another; left out where that is not known. */
  readonly diedAt?: string | null;
  /** Item and eTag, for SharePoint. */
  readonly itemId: string | null;
  readonly etag: string | null;
}

export interface Refused {
  readonly field: string;
  readonly code: string;
  readonly reason: string;
}

/** `twenty`, `sharepoint`: the value that this side held; `value`: another one. */
export type Choice = 'twenty' | 'sharepoint' | 'value';

/** What may teach the brain something. */
export type Input =
  /** A change of Twenty, or of the list as the delta feed gave it: always the complete picture. */
  | { readonly kind: 'seen'; readonly side: Side; readonly seen: Seen }
  /** The answer to a command. */
  | {
      readonly kind: 'answer';
      readonly side: Side;
      readonly answer: 'written' | 'alreadySo' | 'stale' | 'refused';
      readonly wishes: readonly Wish[];
      readonly version: string;
      readonly picture: Seen | null;
      readonly refusals: readonly Refused[];
    }
  /** A person's decision, with what both sides held when it was made. */
  | {
      readonly kind: 'resolution';
      readonly field: string;
      /** Kind of the conflict, or `restored`. */
      readonly conflict: ConflictKind;
      readonly choice: Choice;
      /** Canonical; counts when the choice is `value`. */
      readonly value: string | null;
      readonly twentyValue: string | null;
      readonly sharepointValue: string | null;
      /** Milliseconds since 1970. */
      readonly decidedAt: number;
    }
  /** A related record got another label, the configuration changed, or it is time to look again. */
  | { readonly kind: 'look' };
