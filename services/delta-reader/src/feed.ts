/** What the delta feed tells, in the words of this service. */
import type { Editor, ListBinding } from '@sync/core';

/** An item as Graph gave it; a blank column is not in `fields`. */
export interface FeedItem {
  readonly id: string;
  readonly etag: string;
  /** Milliseconds since 1970; 0 when Graph did not say. */
  readonly modifiedAt: number;
  readonly modifiedBy: Editor;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One element of a page; `item` is null when the page held no fields and the item must be read singly. */
export type FeedChange =
  | { readonly id: string; readonly deleted: true }
  | { readonly id: string; readonly deleted: false; readonly item: FeedItem | null };

/** The list a page belongs to. */
export type FeedList = Pick<ListBinding, 'workspaceId' | 'object' | 'tenantId' | 'siteId' | 'listId'>;
