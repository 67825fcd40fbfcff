/** Who made a change: an application through Graph, or a person in the browser. */
export type Actor =
  | { readonly kind: 'app'; readonly id: string; readonly displayName: string }
  | { readonly kind: 'user'; readonly id: string; readonly displayName: string; readonly email: string };

export interface Tenant {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appName: string;
  /** Number of licences; decides the resource-unit tier. */
  readonly licences: number;
}

export interface Site {
  /** `{host},{site guid},{web guid}`, as Graph writes it. */
  readonly id: string;
  readonly tenantId: string;
  readonly host: string;
  /** Server-relative path with a leading slash, e.g. `/sites/crm`. */
  readonly path: string;
  readonly displayName: string;
  readonly createdAt: number;
}

export const FACETS = [
  'text',
  'number',
  'currency',
  'dateTime',
  'boolean',
  'choice',
  'lookup',
  'personOrGroup',
  'hyperlinkOrPicture',
] as const;

/** The column types this simulator knows; exactly one per column. */
export type Facet = (typeof FACETS)[number];

export interface Column {
  readonly id: string;
  /** Internal name: fixed for life, case-sensitive. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly enforceUniqueValues: boolean;
  readonly hidden: boolean;
  readonly indexed: boolean;
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly facet: Facet;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface List {
  readonly id: string;
  readonly siteId: string;
  /** URL part, derived from the display name at creation. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly createdBy: Actor;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly version: number;
  readonly columns: readonly Column[];
  /** Delta tokens of an older epoch are answered with 410. */
  readonly epoch: number;
}

export type FieldValue = string | number | boolean | readonly string[];
export type Fields = Readonly<Record<string, FieldValue>>;

export interface Item {
  readonly id: number;
  readonly uniqueId: string;
  readonly version: number;
  /** Values of the list's own columns; a blank column has no entry. */
  readonly fields: Fields;
  readonly createdBy: Actor;
  readonly createdAt: number;
  readonly modifiedBy: Actor;
  readonly modifiedAt: number;
  /** In the recycle bin. */
  readonly deleted: boolean;
  /** Place of the item's last change in the list's change log. */
  readonly seq: number;
  readonly changedAt: number;
}

export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly resource: string;
  readonly listId: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly expiresAt: number;
  /** The list's change log has been announced up to here. */
  readonly notifiedSeq: number;
}

/** What the journal stores: each fact carries the whole new value of one thing. */
export type Fact =
  | { readonly t: 'tenant'; readonly tenant: Tenant }
  | { readonly t: 'site'; readonly site: Site }
  | { readonly t: 'list'; readonly list: List }
  | { readonly t: 'item'; readonly listId: string; readonly item: Item }
  | { readonly t: 'subscription'; readonly subscription: Subscription }
  | { readonly t: 'unsubscribed'; readonly id: string };
