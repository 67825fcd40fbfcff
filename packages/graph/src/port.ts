/**
 * What the services see of Microsoft Graph. Everything that can only be waited for is thrown as a SyncError
 * (GRAPH_THROTTLED, GRAPH_UNAVAILABLE, GRAPH_UNAUTHORIZED); every other answer, 2xx or 4xx, is a value.
 */

/** One call, relative to the Graph root: `/sites/…`. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
  /** Cost in resource units, Microsoft's table; see budget.ts. */
  readonly units: number;
}

/** An answer that is worth deciding on. */
export interface GraphReply {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or null. */
  readonly body: unknown;
}

/** How urgent a call is: a lower number may use budget that a higher one must leave. */
export type Urgency = 0 | 1 | 2 | 3;

export interface GraphClient {
  /** Sends one call. */
  send(call: GraphCall, urgency: Urgency): Promise<GraphReply>;
  /**
   * Sends up to 20 calls as one `$batch`; answers in the order of the calls. A member that has to be waited for
   * (429, 5xx) comes back as an Error in its place, so that the others count.
   */
  batch(calls: readonly GraphCall[], urgency: Urgency): Promise<(GraphReply | Error)[]>;
}

/** Coordinates of a list. */
export interface ListRef {
  readonly siteId: string;
  readonly listId: string;
}

/** A list item as Graph gives it. `fields` never holds a blank column. */
export interface GraphItem {
  readonly id: string;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly modifiedBy: 'user' | 'application' | 'unknown';
  /** Application id of the last editor, if an application wrote last. */
  readonly applicationId: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One page of a delta read. */
export interface DeltaPage {
  /** Last occurrence per item; `deleted` items have no more than an id. An item of which the page holds no fields must be read singly. */
  readonly changes: readonly (
    | { readonly id: string; readonly deleted: true }
    | { readonly id: string; readonly deleted: false; readonly item: GraphItem | null }
  )[];
  readonly nextLink: string | null;
  readonly deltaLink: string | null;
  /** True when the page held an in-band error: its cursor must not be trusted to have told every delete. */
  readonly incomplete: boolean;
}
