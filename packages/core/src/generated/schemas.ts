// Generated from schemas/*.avsc by `npm run gen`. Do not edit.

/** A field that was changed on both sides, and what was done about it. Key: workspaceId|object|recordId|field|twentyVersion|sharepointVersion; partitioned by record. */
export interface Conflict {
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Mapping field name. */
  readonly field: string;
  /** Kind of conflict. */
  readonly kind: ConflictKind;
  /** Last agreed value. */
  readonly base: null | string;
  /** Value in Twenty. */
  readonly twentyValue: null | string;
  /** Value in SharePoint. */
  readonly sharepointValue: null | string;
  /** Version in Twenty. */
  readonly twentyVersion: string;
  /** Version of the item. */
  readonly sharepointVersion: string;
  /** When it was set in Twenty, if there is evidence. */
  readonly twentyAt: null | number;
  /** When it was set in SharePoint, if there is evidence. */
  readonly sharepointAt: null | number;
  /** Strategy that judged. */
  readonly strategy: string;
  /** Row of the strategy's table that decided. */
  readonly rule: string;
  /** Side whose value stands. */
  readonly winner: Winner;
  /** When it was judged. */
  readonly detectedAt: number;
}

/** bothEdited: different edits of one field. buriedByDelete: an edit on a side that was then deleted. firstMeeting: both sides held different values when they were first seen together. loop: the field went to and fro too often. massDelete, massOverwrite: too many records of the object in too short a time. restored: a person put a kept value back. */
export type ConflictKind = 'bothEdited' | 'buriedByDelete' | 'firstMeeting' | 'loop' | 'massDelete' | 'massOverwrite' | 'restored' | 'unknown';

/** Side whose value stands; merged: a value made from both or given by a person; undecided waits for a person. */
export type Winner = 'twenty' | 'sharepoint' | 'merged' | 'undecided';

/** Where the reading of one list's delta feed stands. Key: tenantId|siteId|listId. */
export interface Cursor {
  /** Opaque link of the next delta read. */
  readonly deltaLink: string;
  /** How many rounds were read. */
  readonly round: number;
  /** When the last round ended. */
  readonly readAt: number;
}

/** Which record an item belongs to; a tombstone of the feed does not say. Key: tenantId|siteId|listId|itemId. */
export interface ItemIndex {
  /** Twenty record id. */
  readonly recordId: string;
  /** How many times the item came back from the recycle bin. */
  readonly generation: number;
  /** True after a tombstone. */
  readonly deleted: boolean;
  /** Version last published. */
  readonly version: string;
}

/** The list that mirrors an object of a workspace, with the fields that both really have. Key: workspaceId|object. */
export interface ListBinding {
  /** Twenty workspace, UUID. */
  readonly workspaceId: string;
  /** Twenty object name. */
  readonly object: string;
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Graph site id. */
  readonly siteId: string;
  /** Graph list id. */
  readonly listId: string;
  /** Display name of the list. */
  readonly listName: string;
  /** Where people see it. */
  readonly webUrl: string;
  /** Mapping fields that are bound on both sides. */
  readonly fields: readonly string[];
  /** Mapping fields left out. */
  readonly skipped: readonly SkippedField[];
  /** Seconds between timed delta reads. */
  readonly pollSeconds: number;
  /** Twenty metadata version the binding was made from. */
  readonly metadataVersion: number;
}

/** A mapping field that is not synced here. */
export interface SkippedField {
  /** Mapping field name. */
  readonly field: string;
  /** Why, and what would change it. */
  readonly reason: string;
}

/** Which item mirrors which record, and how it stands. Key: workspaceId|object|recordId. */
export interface Mapping {
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Graph site id. */
  readonly siteId: string;
  /** Graph list id. */
  readonly listId: string;
  /** List item id; null when no item exists. */
  readonly itemId: null | string;
  /** Last eTag known from a write. */
  readonly etag: null | string;
  /** How the last write ended. */
  readonly status: MappingStatus;
  /** When a write last succeeded or was found unnecessary. */
  readonly lastSyncedAt: null | number;
  /** Side that was written last. */
  readonly lastSide: string;
  /** Mapping field name to the reason why it cannot be written, until it is written; no values. */
  readonly errors: Readonly<Record<string, string>>;
  /** Youngest version of an item that an answer told of; an older answer says nothing of the item any more. */
  readonly version: string;
}

/** How the last write ended. */
export type MappingStatus = 'synced' | 'deleted' | 'error' | 'unknown';

/** Everything the sync knows of one record. Key: workspaceId|object|recordId. */
export interface RecordState {
  /** Field name to what Twenty holds. */
  readonly twenty: Readonly<Record<string, Register>>;
  /** Field name to what the item holds. */
  readonly sharepoint: Readonly<Record<string, Register>>;
  /** Newest complete picture of the item; null when none was seen. */
  readonly top: null | Top;
  /** What the row held in deletedAt when it was last seen dead, exact text: a later delete is another one. Null when it lives, or was not seen since it was last written. */
  readonly diedAt: null | string;
  /** Field name to the last agreement. */
  readonly agreed: Readonly<Record<string, Agreement>>;
  /** Open wishes for Twenty. */
  readonly outTwenty: null | OpenWishes;
  /** Open wishes for SharePoint. */
  readonly outSharepoint: null | OpenWishes;
  /** Field name to refusal; lifted when the field moves on either side. */
  readonly parked: Readonly<Record<string, Parked>>;
  /** Field name to open question. */
  readonly review: Readonly<Record<string, Review>>;
  /** Field name to its turns, for the loop breaker. */
  readonly turns: Readonly<Record<string, Turns>>;
  /** Field name to the time of the last person's decision about it, so that none counts twice. */
  readonly decided: Readonly<Record<string, number>>;
  /** When its writer took the partition over. A state of an earlier owner never replaces one of a later. */
  readonly ownedSince: number;
}

/** What one side is known to hold in one field. */
export interface Register {
  /** Canonical value. */
  readonly value: null | string;
  /** Version of the side at which it was known to hold it. */
  readonly version: string;
  /** When a user set it, if there is evidence. */
  readonly at: null | number;
}

/** The newest complete picture of the item. */
export interface Top {
  /** Its version. */
  readonly version: string;
  /** Its item id. */
  readonly itemId: string;
  /** Its eTag. */
  readonly etag: null | string;
}

/** A value that both sides held. */
export interface Agreement {
  /** Canonical value. */
  readonly value: null | string;
  /** Twenty's version when it held it. */
  readonly twentyVersion: string;
  /** The item's version when it held it. */
  readonly sharepointVersion: string;
}

/** Wishes of one side that have no answer yet. */
export interface OpenWishes {
  /** Newest command sent for them. */
  readonly commandId: string;
  /** Version of the side the first of them was decided on. */
  readonly basis: string;
  /** eTag of the basis. */
  readonly etag: null | string;
  /** Item of the basis. */
  readonly itemId: null | string;
  /** Field name to open wish. */
  readonly wishes: Readonly<Record<string, OpenWish>>;
  /** Field name to all values asked for since the last answer, the newest last; also of a wish that a delete has replaced. */
  readonly asked: Readonly<Record<string, readonly Asked[]>>;
  /** Commit time of the change behind the newest wish. */
  readonly changedAt: null | number;
  /** When the newest command was made. */
  readonly sentAt: number;
}

/** One open wish. */
export interface OpenWish {
  /** Wished value. */
  readonly value: null | string;
  /** Version on the other side it comes from. */
  readonly source: string;
  /** Value the written side was last seen to hold. */
  readonly expected: null | string;
}

/** A value asked for since the last answer. */
export interface Asked {
  /** Value. */
  readonly value: null | string;
  /** Its source version. */
  readonly source: string;
}

/** A field that a side refused. */
export interface Parked {
  /** Side that refused. */
  readonly side: string;
  /** Code of the reason. */
  readonly code: string;
  /** What is wrong. */
  readonly reason: string;
  /** Twenty's version of the field then. */
  readonly twentyVersion: string;
  /** The item's version of the field then. */
  readonly sharepointVersion: string;
}

/** What a person is asked to decide, and the decision once there is one. */
export interface Review {
  /** Last agreed value. */
  readonly base: null | string;
  /** Value in Twenty. */
  readonly twentyValue: null | string;
  /** Value in SharePoint. */
  readonly sharepointValue: null | string;
  /** Version in Twenty. */
  readonly twentyVersion: string;
  /** Version of the item. */
  readonly sharepointVersion: string;
  /** Kind of conflict; see the schema of sync.conflicts. */
  readonly kind: string;
  /** The decision: twenty or sharepoint for the value that this side held, value for another one; null while the question is open. */
  readonly choice: null | string;
  /** The decided canonical value when the choice is value. */
  readonly value: null | string;
}

/** How a field went to and fro. */
export interface Turns {
  /** Side that was written last. */
  readonly side: string;
  /** When the direction changed, the newest last; as many as the loop breaker counts. */
  readonly times: readonly number[];
}

/** A person's decision about one field of one record. Key: workspaceId|object|recordId. */
export interface Resolution {
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Mapping field name; alive for existence. */
  readonly field: string;
  /** Kind of the conflict that is decided, or restored when a kept value is put back. */
  readonly kind: string;
  /** twenty or sharepoint: the value that this side holds stands on both; value: the given one does. */
  readonly choice: string;
  /** Canonical value when the choice is value. */
  readonly value: null | string;
  /** What Twenty held when it was decided; the decision counts only while it still does. */
  readonly twentyValue: null | string;
  /** What the item held when it was decided; the decision counts only while it still does. */
  readonly sharepointValue: null | string;
  /** Version in Twenty that the person saw. */
  readonly twentyVersion: string;
  /** Version of the item that the person saw. */
  readonly sharepointVersion: string;
  /** When it was decided. */
  readonly decidedAt: number;
}

/** The latest state of one SharePoint list item, as the delta feed gave it. Key: workspaceId|object|recordId. */
export interface SharePointChange {
  /** What the feed said. */
  readonly op: SharePointOp;
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Graph site id (host,site,web). */
  readonly siteId: string;
  /** Graph list id. */
  readonly listId: string;
  /** List item id, a whole number per list. */
  readonly itemId: string;
  /** How many times the item came back from the recycle bin. */
  readonly generation: number;
  /** Sortable text: item id, generation and eTag number as fixed-width hexadecimal. A later state of the record sorts higher. */
  readonly version: string;
  /** eTag as Graph gave it, for If-Match; null for a delete. */
  readonly etag: null | string;
  /** Modified, whole seconds as milliseconds since 1970; null for a delete. */
  readonly modifiedAt: null | number;
  /** Kind of the last editor; never a name. */
  readonly modifiedBy: Editor;
  /** Column name to value as Graph gave it. A column that is not in the map is blank. */
  readonly fields: Readonly<Record<string, null | boolean | number | string | readonly string[]>>;
  /** When the feed was read, milliseconds since 1970. */
  readonly readAt: number;
}

/** upsert carries the complete item; delete carries none of it. Readers treat a symbol they do not know as unknown. */
export type SharePointOp = 'upsert' | 'delete' | 'unknown';

/** Who is named as last editor. */
export type Editor = 'user' | 'application' | 'unknown';

/** A doorbell: something changed in this list. Carries no data. Key: tenantId|siteId|listId. */
export interface SharePointNotification {
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Graph site id. */
  readonly siteId: string;
  /** Graph list id. */
  readonly listId: string;
  /** Subscription that rang. */
  readonly subscriptionId: string;
  /** Kind of notification. */
  readonly kind: NotificationKind;
  /** When the receiver got it, milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Change notification or lifecycle event. */
export type NotificationKind = 'changed' | 'reauthorizationRequired' | 'unknown';

/** A command: every open wish of one record for its SharePoint item. Key: workspaceId|object|recordId; partitioned by tenant. */
export interface SharePointWrite {
  /** Equal for a command that is sent again. */
  readonly commandId: string;
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Graph site id. */
  readonly siteId: string;
  /** Graph list id. */
  readonly listId: string;
  /** Item to write; null when no item is known. */
  readonly itemId: null | string;
  /** Generation of the item's version the command is based on. */
  readonly generation: number;
  /** Version of the item the decision has seen; empty when it has seen none. */
  readonly basis: string;
  /** eTag of the basis, for If-Match. */
  readonly etag: null | string;
  /** All open wishes. */
  readonly wishes: readonly Wish[];
  /** Commit time of the change that caused the newest wish. */
  readonly changedAt: null | number;
  /** When the command was made. */
  readonly issuedAt: number;
}

/** One field that a side is asked to hold. */
export interface Wish {
  /** Mapping field name; alive says whether the record shall exist there. */
  readonly field: string;
  /** Canonical value; null clears the field. */
  readonly value: null | string;
  /** Version, on the other side, that this value comes from. */
  readonly source: string;
}

/** Our standing order for notifications of one list. Key: workspaceId|object. */
export interface Subscription {
  /** Twenty workspace, UUID. */
  readonly workspaceId: string;
  /** Twenty object name. */
  readonly object: string;
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Graph site id. */
  readonly siteId: string;
  /** Graph list id. */
  readonly listId: string;
  /** Graph subscription id. */
  readonly subscriptionId: string;
  /** SHA-256 of the clientState, hexadecimal; the clientState itself is never stored. */
  readonly clientStateSha256: string;
  /** When Graph ends it. */
  readonly expiresAt: number;
}

/** One committed change of one Twenty record, the complete row after it. Key: workspaceId|object|recordId. */
export interface TwentyChange {
  /** What happened to the record. */
  readonly op: TwentyOp;
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** True for an object that the workspace's users made. */
  readonly custom: boolean;
  /** Version of the record that this change made. */
  readonly version: TwentyVersion;
  /** Commit time of the transaction, milliseconds since 1970, clock of the PostgreSQL server. */
  readonly committedAt: number;
  /** PostgreSQL transaction id, equal for all changes of one transaction. */
  readonly transactionId: null | string;
  /** Replication origin when the change was written by a tagged session, else null. A hint only. */
  readonly origin: null | string;
  /** Column name to value. numeric, bigint, uuid and enum are exact text; timestamptz is ISO 8601 in UTC with microseconds (2026-01-02T03:04:05.123456Z), date likewise with its mark of UTC (2026-01-02Z); json is JSON text; double precision is a number. Empty for op delete. */
  readonly fields: Readonly<Record<string, null | boolean | number | string | readonly string[]>>;
  /** Columns whose value is not in this record because PostgreSQL did not send it (unchanged TOAST): keep what you had. */
  readonly unchanged: readonly string[];
  /** Columns whose value differs from the row before, when the row before is known. */
  readonly changed: null | readonly string[];
}

/** What happened to the record; softDelete and restore are updates of deletedAt. Readers treat a symbol they do not know as unknown. */
export type TwentyOp = 'create' | 'update' | 'softDelete' | 'restore' | 'delete' | 'snapshot' | 'unknown';

/** Position of the change in the write-ahead log; per record a higher one is younger. */
export interface TwentyVersion {
  /** Raised by one by the operator after a failover that may have moved the log back. */
  readonly epoch: number;
  /** PostgreSQL log sequence number of the row change, as an unsigned number. */
  readonly lsn: number | bigint;
  /** Order within the transaction, from 1; 0 when unknown. */
  readonly order: number;
}

/** What a Twenty workspace's schema is made of. Key: workspaceId. */
export interface TwentyMetadata {
  /** Twenty workspace, UUID. */
  readonly workspaceId: string;
  /** PostgreSQL schema of the workspace. */
  readonly schema: string;
  /** Name people gave the workspace. */
  readonly displayName: string;
  /** Twenty's own counter; goes up with every change of the data model. */
  readonly metadataVersion: number;
  /** Active objects that have a table. */
  readonly objects: readonly TwentyObject[];
}

/** One object of the workspace. */
export interface TwentyObject {
  /** Singular camelCase name. */
  readonly name: string;
  /** Table name in the schema. */
  readonly table: string;
  /** True for an object that the workspace's users made. */
  readonly custom: boolean;
  /** Columns of the table, generated ones left out. */
  readonly columns: readonly TwentyColumn[];
}

/** One real column. */
export interface TwentyColumn {
  /** Column name. */
  readonly name: string;
  /** PostgreSQL type name. */
  readonly type: string;
  /** True when the column may be NULL. */
  readonly nullable: boolean;
  /** Values of an enum column in their order, else empty. */
  readonly options: readonly string[];
}

/** A command: wishes of one record for its row in Twenty, to be set only if the row still holds what was last seen. Key: workspaceId|object|recordId. */
export interface TwentyWrite {
  /** Equal for a command that is sent again. */
  readonly commandId: string;
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Microsoft Entra tenant of the list that mirrors the object. */
  readonly tenantId: null | string;
  /** Graph site id of that list. */
  readonly siteId: null | string;
  /** Graph list id. */
  readonly listId: null | string;
  /** Item of the record, if one is known. */
  readonly itemId: null | string;
  /** All open wishes. */
  readonly wishes: readonly Wish[];
  /** Canonical values last seen of the very fields that are wished for; empty when no row has been seen. */
  readonly expected: Readonly<Record<string, null | string>>;
  /** What the row held in deletedAt when it was last seen dead; only that delete is taken back. Null when it is not known. */
  readonly diedAt: null | string;
  /** False when the decision has never seen a row of this record. */
  readonly exists: boolean;
  /** Time of the change that caused the newest wish. */
  readonly changedAt: null | number;
  /** When the command was made. */
  readonly issuedAt: number;
}

/** How one workspace is synced. Key: workspaceId. */
export interface WorkspaceConfig {
  /** Twenty workspace, UUID. */
  readonly workspaceId: string;
  /** False stops new decisions for the workspace. */
  readonly enabled: boolean;
  /** Microsoft Entra tenant. */
  readonly tenantId: string;
  /** Application (client) id in that tenant. */
  readonly clientId: string;
  /** Name of the environment variable that holds the client secret. Never the secret. */
  readonly credential: string;
  /** SharePoint host name. */
  readonly siteHost: string;
  /** Server-relative path of the site. */
  readonly sitePath: string;
  /** Put before the name of each list; empty for none. */
  readonly listPrefix: string;
  /** Objects to sync. */
  readonly objects: readonly ObjectConfig[];
  /** Clock difference, in milliseconds, within which two edits count as simultaneous. */
  readonly skewMs: number;
  /** Side that wins when the times do not decide: twenty or sharepoint. */
  readonly tieWinner: string;
  /** Window, in milliseconds, in which mass deletes and overwrites are counted. */
  readonly massWindowMs: number;
  /** Turns of one field, from side to side, within the window; the next write waits for a person. */
  readonly loopLimit: number;
  /** Window, in milliseconds, in which turns are counted. */
  readonly loopWindowMs: number;
}

/** How one object is synced. */
export interface ObjectConfig {
  /** Twenty object name. */
  readonly name: string;
  /** Display name of the SharePoint list. */
  readonly list: string;
  /** Priority lane of its writes: p0, p1, p2 or p3. */
  readonly lane: string;
  /** Conflict strategy: lastWriteWins, manualReview, twentyPriority, sharePointPriority or fieldMerge. */
  readonly strategy: string;
  /** Field name to a strategy of its own. */
  readonly fieldStrategies: Readonly<Record<string, string>>;
  /** Seconds between timed delta reads. */
  readonly pollSeconds: number;
  /** Records that may be deleted on one side within the window; more wait for a person. */
  readonly massDeleteLimit: number;
  /** Records in which a value may be replaced on one side within the window; more wait for a person. */
  readonly massOverwriteLimit: number;
  /** True when a list that already holds items may be taken: items with a known TwentyId are matched, the others become records. Else such a list is refused. */
  readonly adopt: boolean;
}

/** The sharepoint-writer's own last answer for a record. Key: workspaceId|object|recordId; partitioned by tenant. */
export interface WriteMemory {
  /** List of the answer; the memory says nothing of another. */
  readonly listId: string;
  /** Whether the item stood at the version. */
  readonly exists: boolean;
  /** Item that was written or read; empty when none was ever known. */
  readonly itemId: string;
  /** Its eTag; empty when it is gone. */
  readonly etag: string;
  /** How many times the item came back from the recycle bin. */
  readonly generation: number;
  /** Version of the side after the answer. */
  readonly version: string;
  /** Versions from which the item came to this one by own writes only, the oldest first. */
  readonly lineage: readonly string[];
  /** Field name to the value that it held at the version. */
  readonly values: Readonly<Record<string, null | string>>;
  /** Field name to the youngest source version that was answered. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The answer to exactly one command. Key: workspaceId|object|recordId. */
export interface WriteResult {
  /** Command that is answered. */
  readonly commandId: string;
  /** Side that was written. */
  readonly side: Side;
  /** Kind of answer. */
  readonly kind: AnswerKind;
  /** Twenty workspace, UUID in lower case. */
  readonly workspaceId: string;
  /** Twenty object name, singular camelCase; a custom object without its leading underscore. */
  readonly object: string;
  /** Twenty record id, UUID in lower case. */
  readonly recordId: string;
  /** Microsoft Entra tenant. */
  readonly tenantId: null | string;
  /** Graph site id. */
  readonly siteId: null | string;
  /** Graph list id. */
  readonly listId: null | string;
  /** The wishes this answer speaks for. */
  readonly wishes: readonly Wish[];
  /** Version after the write; empty when nothing was written. */
  readonly version: string;
  /** Item that was written or read. */
  readonly itemId: null | string;
  /** eTag after the write. */
  readonly etag: null | string;
  /** The complete picture, when the side had to be read to answer. */
  readonly picture: null | Picture;
  /** Refused fields; the others of the command are answered by kind. */
  readonly refusals: readonly Refusal[];
  /** Requests or statements it took. */
  readonly attempts: number;
  /** Commit time of the change that caused the command. */
  readonly changedAt: null | number;
  /** When the answer was known. */
  readonly answeredAt: number;
}

/** A side of the sync. */
export type Side = 'twenty' | 'sharepoint';

/** written: the wishes stand. alreadySo: they stood already. stale: the side had moved, nothing was written. refused: a field cannot be written. */
export type AnswerKind = 'written' | 'alreadySo' | 'stale' | 'refused' | 'unknown';

/** Everything the side was seen to hold. */
export interface Picture {
  /** False when there is no such row or item, or the row is soft-deleted. */
  readonly exists: boolean;
  /** Version of what was read; empty when nothing exists. */
  readonly version: string;
  /** Item that was read. */
  readonly itemId: null | string;
  /** eTag of what was read. */
  readonly etag: null | string;
  /** When it was last modified, if known. */
  readonly modifiedAt: null | number;
  /** Kind of the last editor. */
  readonly modifiedBy: PictureEditor;
  /** Canonical value of every mapped field. */
  readonly values: Readonly<Record<string, null | string>>;
}

/** Kind of the last editor. */
export type PictureEditor = 'user' | 'application' | 'unknown';

/** A field that cannot be written. */
export interface Refusal {
  /** Mapping field name. */
  readonly field: string;
  /** Stable code of the reason. */
  readonly code: string;
  /** What is wrong and how to mend it; no values. */
  readonly reason: string;
}

/** Schema name to the type of its records. */
export interface SchemaTypes {
  'conflict': Conflict;
  'cursor': Cursor;
  'item-index': ItemIndex;
  'list-binding': ListBinding;
  'mapping': Mapping;
  'record-state': RecordState;
  'resolution': Resolution;
  'sharepoint-change': SharePointChange;
  'sharepoint-notification': SharePointNotification;
  'sharepoint-write': SharePointWrite;
  'subscription': Subscription;
  'twenty-change': TwentyChange;
  'twenty-metadata': TwentyMetadata;
  'twenty-write': TwentyWrite;
  'workspace-config': WorkspaceConfig;
  'write-memory': WriteMemory;
  'write-result': WriteResult;
}

/** Schema name to its Avro name and text. */
export const schemas = {
  'conflict': {
    type: 'Conflict',
    text: '{"type":"record","name":"Conflict","namespace":"sync","doc":"A field that was changed on both sides, and what was done about it. Key: workspaceId|object|recordId|field|twentyVersion|sharepointVersion; partitioned by record.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"field","type":"string","doc":"Mapping field name."},{"name":"kind","type":{"type":"enum","name":"ConflictKind","symbols":["bothEdited","buriedByDelete","firstMeeting","loop","massDelete","massOverwrite","restored","unknown"],"doc":"bothEdited: different edits of one field. buriedByDelete: an edit on a side that was then deleted. firstMeeting: both sides held different values when they were first seen together. loop: the field went to and fro too often. massDelete, massOverwrite: too many records of the object in too short a time. restored: a person put a kept value back.","default":"unknown"},"doc":"Kind of conflict."},{"name":"base","type":["null","string"],"doc":"Last agreed value."},{"name":"twentyValue","type":["null","string"],"doc":"Value in Twenty."},{"name":"sharepointValue","type":["null","string"],"doc":"Value in SharePoint."},{"name":"twentyVersion","type":"string","doc":"Version in Twenty."},{"name":"sharepointVersion","type":"string","doc":"Version of the item."},{"name":"twentyAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When it was set in Twenty, if there is evidence."},{"name":"sharepointAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When it was set in SharePoint, if there is evidence."},{"name":"strategy","type":"string","doc":"Strategy that judged."},{"name":"rule","type":"string","doc":"Row of the strategy\'s table that decided."},{"name":"winner","type":{"type":"enum","name":"Winner","symbols":["twenty","sharepoint","merged","undecided"],"doc":"Side whose value stands; merged: a value made from both or given by a person; undecided waits for a person.","default":"undecided"},"doc":"Side whose value stands."},{"name":"detectedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was judged."}]}',
  },
  'cursor': {
    type: 'Cursor',
    text: '{"type":"record","name":"Cursor","namespace":"sync","doc":"Where the reading of one list\'s delta feed stands. Key: tenantId|siteId|listId.","fields":[{"name":"deltaLink","type":"string","doc":"Opaque link of the next delta read."},{"name":"round","type":"long","doc":"How many rounds were read."},{"name":"readAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the last round ended."}]}',
  },
  'item-index': {
    type: 'ItemIndex',
    text: '{"type":"record","name":"ItemIndex","namespace":"sync","doc":"Which record an item belongs to; a tombstone of the feed does not say. Key: tenantId|siteId|listId|itemId.","fields":[{"name":"recordId","type":"string","doc":"Twenty record id."},{"name":"generation","type":"long","doc":"How many times the item came back from the recycle bin."},{"name":"deleted","type":"boolean","doc":"True after a tombstone."},{"name":"version","type":"string","doc":"Version last published."}]}',
  },
  'list-binding': {
    type: 'ListBinding',
    text: '{"type":"record","name":"ListBinding","namespace":"sync","doc":"The list that mirrors an object of a workspace, with the fields that both really have. Key: workspaceId|object.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID."},{"name":"object","type":"string","doc":"Twenty object name."},{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"siteId","type":"string","doc":"Graph site id."},{"name":"listId","type":"string","doc":"Graph list id."},{"name":"listName","type":"string","doc":"Display name of the list."},{"name":"webUrl","type":"string","doc":"Where people see it."},{"name":"fields","type":{"type":"array","items":"string"},"doc":"Mapping fields that are bound on both sides."},{"name":"skipped","type":{"type":"array","items":{"type":"record","name":"SkippedField","namespace":"sync","doc":"A mapping field that is not synced here.","fields":[{"name":"field","type":"string","doc":"Mapping field name."},{"name":"reason","type":"string","doc":"Why, and what would change it."}]}},"doc":"Mapping fields left out.","default":[]},{"name":"pollSeconds","type":"double","doc":"Seconds between timed delta reads."},{"name":"metadataVersion","type":"long","doc":"Twenty metadata version the binding was made from."}]}',
  },
  'mapping': {
    type: 'Mapping',
    text: '{"type":"record","name":"Mapping","namespace":"sync","doc":"Which item mirrors which record, and how it stands. Key: workspaceId|object|recordId.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"siteId","type":"string","doc":"Graph site id."},{"name":"listId","type":"string","doc":"Graph list id."},{"name":"itemId","type":["null","string"],"default":null,"doc":"List item id; null when no item exists."},{"name":"etag","type":["null","string"],"default":null,"doc":"Last eTag known from a write."},{"name":"status","type":{"type":"enum","name":"MappingStatus","symbols":["synced","deleted","error","unknown"],"doc":"How the last write ended.","default":"unknown"},"doc":"How the last write ended."},{"name":"lastSyncedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When a write last succeeded or was found unnecessary."},{"name":"lastSide","type":"string","doc":"Side that was written last."},{"name":"errors","type":{"type":"map","values":"string"},"doc":"Mapping field name to the reason why it cannot be written, until it is written; no values.","default":{}},{"name":"version","type":"string","doc":"Youngest version of an item that an answer told of; an older answer says nothing of the item any more.","default":""}]}',
  },
  'record-state': {
    type: 'RecordState',
    text: '{"type":"record","name":"RecordState","namespace":"sync","doc":"Everything the sync knows of one record. Key: workspaceId|object|recordId.","fields":[{"name":"twenty","type":{"type":"map","values":{"type":"record","name":"Register","namespace":"sync","doc":"What one side is known to hold in one field.","fields":[{"name":"value","type":["null","string"],"doc":"Canonical value."},{"name":"version","type":"string","doc":"Version of the side at which it was known to hold it."},{"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When a user set it, if there is evidence."}]}},"doc":"Field name to what Twenty holds."},{"name":"sharepoint","type":{"type":"map","values":"Register"},"doc":"Field name to what the item holds."},{"name":"top","type":["null",{"type":"record","name":"Top","namespace":"sync","doc":"The newest complete picture of the item.","fields":[{"name":"version","type":"string","doc":"Its version."},{"name":"itemId","type":"string","doc":"Its item id."},{"name":"etag","type":["null","string"],"default":null,"doc":"Its eTag."}]}],"default":null,"doc":"Newest complete picture of the item; null when none was seen."},{"name":"diedAt","type":["null","string"],"default":null,"doc":"What the row held in deletedAt when it was last seen dead, exact text: a later delete is another one. Null when it lives, or was not seen since it was last written."},{"name":"agreed","type":{"type":"map","values":{"type":"record","name":"Agreement","namespace":"sync","doc":"A value that both sides held.","fields":[{"name":"value","type":["null","string"],"doc":"Canonical value."},{"name":"twentyVersion","type":"string","doc":"Twenty\'s version when it held it."},{"name":"sharepointVersion","type":"string","doc":"The item\'s version when it held it."}]}},"doc":"Field name to the last agreement."},{"name":"outTwenty","type":["null",{"type":"record","name":"OpenWishes","namespace":"sync","doc":"Wishes of one side that have no answer yet.","fields":[{"name":"commandId","type":"string","doc":"Newest command sent for them."},{"name":"basis","type":"string","doc":"Version of the side the first of them was decided on."},{"name":"etag","type":["null","string"],"default":null,"doc":"eTag of the basis."},{"name":"itemId","type":["null","string"],"default":null,"doc":"Item of the basis."},{"name":"wishes","type":{"type":"map","values":{"type":"record","name":"OpenWish","namespace":"sync","doc":"One open wish.","fields":[{"name":"value","type":["null","string"],"doc":"Wished value."},{"name":"source","type":"string","doc":"Version on the other side it comes from."},{"name":"expected","type":["null","string"],"doc":"Value the written side was last seen to hold."}]}},"doc":"Field name to open wish."},{"name":"asked","type":{"type":"map","values":{"type":"array","items":{"type":"record","name":"Asked","namespace":"sync","doc":"A value asked for since the last answer.","fields":[{"name":"value","type":["null","string"],"doc":"Value."},{"name":"source","type":"string","doc":"Its source version."}]}}},"doc":"Field name to all values asked for since the last answer, the newest last; also of a wish that a delete has replaced.","default":{}},{"name":"changedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"Commit time of the change behind the newest wish."},{"name":"sentAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the newest command was made."}]}],"default":null,"doc":"Open wishes for Twenty."},{"name":"outSharepoint","type":["null","OpenWishes"],"default":null,"doc":"Open wishes for SharePoint."},{"name":"parked","type":{"type":"map","values":{"type":"record","name":"Parked","namespace":"sync","doc":"A field that a side refused.","fields":[{"name":"side","type":"string","doc":"Side that refused."},{"name":"code","type":"string","doc":"Code of the reason."},{"name":"reason","type":"string","doc":"What is wrong."},{"name":"twentyVersion","type":"string","doc":"Twenty\'s version of the field then."},{"name":"sharepointVersion","type":"string","doc":"The item\'s version of the field then."}]}},"doc":"Field name to refusal; lifted when the field moves on either side.","default":{}},{"name":"review","type":{"type":"map","values":{"type":"record","name":"Review","namespace":"sync","doc":"What a person is asked to decide, and the decision once there is one.","fields":[{"name":"base","type":["null","string"],"doc":"Last agreed value."},{"name":"twentyValue","type":["null","string"],"doc":"Value in Twenty."},{"name":"sharepointValue","type":["null","string"],"doc":"Value in SharePoint."},{"name":"twentyVersion","type":"string","doc":"Version in Twenty."},{"name":"sharepointVersion","type":"string","doc":"Version of the item."},{"name":"kind","type":"string","default":"bothEdited","doc":"Kind of conflict; see the schema of sync.conflicts."},{"name":"choice","type":["null","string"],"default":null,"doc":"The decision: twenty or sharepoint for the value that this side held, value for another one; null while the question is open."},{"name":"value","type":["null","string"],"default":null,"doc":"The decided canonical value when the choice is value."}]}},"doc":"Field name to open question.","default":{}},{"name":"turns","type":{"type":"map","values":{"type":"record","name":"Turns","namespace":"sync","doc":"How a field went to and fro.","fields":[{"name":"side","type":"string","doc":"Side that was written last."},{"name":"times","type":{"type":"array","items":{"type":"long","logicalType":"timestamp-millis"}},"doc":"When the direction changed, the newest last; as many as the loop breaker counts."}]}},"default":{},"doc":"Field name to its turns, for the loop breaker."},{"name":"decided","type":{"type":"map","values":{"type":"long","logicalType":"timestamp-millis"}},"default":{},"doc":"Field name to the time of the last person\'s decision about it, so that none counts twice."},{"name":"ownedSince","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When its writer took the partition over. A state of an earlier owner never replaces one of a later.","default":0}]}',
  },
  'resolution': {
    type: 'Resolution',
    text: '{"type":"record","name":"Resolution","namespace":"sync","doc":"A person\'s decision about one field of one record. Key: workspaceId|object|recordId.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"field","type":"string","doc":"Mapping field name; alive for existence."},{"name":"kind","type":"string","doc":"Kind of the conflict that is decided, or restored when a kept value is put back."},{"name":"choice","type":"string","doc":"twenty or sharepoint: the value that this side holds stands on both; value: the given one does."},{"name":"value","type":["null","string"],"default":null,"doc":"Canonical value when the choice is value."},{"name":"twentyValue","type":["null","string"],"doc":"What Twenty held when it was decided; the decision counts only while it still does."},{"name":"sharepointValue","type":["null","string"],"doc":"What the item held when it was decided; the decision counts only while it still does."},{"name":"twentyVersion","type":"string","doc":"Version in Twenty that the person saw."},{"name":"sharepointVersion","type":"string","doc":"Version of the item that the person saw."},{"name":"decidedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was decided."}]}',
  },
  'sharepoint-change': {
    type: 'SharePointChange',
    text: '{"type":"record","name":"SharePointChange","namespace":"sync","doc":"The latest state of one SharePoint list item, as the delta feed gave it. Key: workspaceId|object|recordId.","fields":[{"name":"op","type":{"type":"enum","name":"SharePointOp","symbols":["upsert","delete","unknown"],"doc":"upsert carries the complete item; delete carries none of it. Readers treat a symbol they do not know as unknown.","default":"unknown"},"doc":"What the feed said."},{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"siteId","type":"string","doc":"Graph site id (host,site,web)."},{"name":"listId","type":"string","doc":"Graph list id."},{"name":"itemId","type":"string","doc":"List item id, a whole number per list."},{"name":"generation","type":"long","doc":"How many times the item came back from the recycle bin."},{"name":"version","type":"string","doc":"Sortable text: item id, generation and eTag number as fixed-width hexadecimal. A later state of the record sorts higher."},{"name":"etag","type":["null","string"],"default":null,"doc":"eTag as Graph gave it, for If-Match; null for a delete."},{"name":"modifiedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"Modified, whole seconds as milliseconds since 1970; null for a delete."},{"name":"modifiedBy","type":{"type":"enum","name":"Editor","symbols":["user","application","unknown"],"doc":"Who is named as last editor.","default":"unknown"},"doc":"Kind of the last editor; never a name."},{"name":"fields","type":{"type":"map","values":["null","boolean","double","string",{"type":"array","items":"string"}]},"doc":"Column name to value as Graph gave it. A column that is not in the map is blank."},{"name":"readAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the feed was read, milliseconds since 1970."}]}',
  },
  'sharepoint-notification': {
    type: 'SharePointNotification',
    text: '{"type":"record","name":"SharePointNotification","namespace":"sync","doc":"A doorbell: something changed in this list. Carries no data. Key: tenantId|siteId|listId.","fields":[{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"siteId","type":"string","doc":"Graph site id."},{"name":"listId","type":"string","doc":"Graph list id."},{"name":"subscriptionId","type":"string","doc":"Subscription that rang."},{"name":"kind","type":{"type":"enum","name":"NotificationKind","symbols":["changed","reauthorizationRequired","unknown"],"doc":"Change notification or lifecycle event.","default":"unknown"},"doc":"Kind of notification."},{"name":"receivedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the receiver got it, milliseconds since 1970."}]}',
  },
  'sharepoint-write': {
    type: 'SharePointWrite',
    text: '{"type":"record","name":"SharePointWrite","namespace":"sync","doc":"A command: every open wish of one record for its SharePoint item. Key: workspaceId|object|recordId; partitioned by tenant.","fields":[{"name":"commandId","type":"string","doc":"Equal for a command that is sent again."},{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"siteId","type":"string","doc":"Graph site id."},{"name":"listId","type":"string","doc":"Graph list id."},{"name":"itemId","type":["null","string"],"default":null,"doc":"Item to write; null when no item is known."},{"name":"generation","type":"long","doc":"Generation of the item\'s version the command is based on.","default":0},{"name":"basis","type":"string","doc":"Version of the item the decision has seen; empty when it has seen none."},{"name":"etag","type":["null","string"],"default":null,"doc":"eTag of the basis, for If-Match."},{"name":"wishes","type":{"type":"array","items":{"type":"record","name":"Wish","namespace":"sync","doc":"One field that a side is asked to hold.","fields":[{"name":"field","type":"string","doc":"Mapping field name; alive says whether the record shall exist there."},{"name":"value","type":["null","string"],"doc":"Canonical value; null clears the field."},{"name":"source","type":"string","doc":"Version, on the other side, that this value comes from."}]}},"doc":"All open wishes."},{"name":"changedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"Commit time of the change that caused the newest wish."},{"name":"issuedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the command was made."}]}',
  },
  'subscription': {
    type: 'Subscription',
    text: '{"type":"record","name":"Subscription","namespace":"sync","doc":"Our standing order for notifications of one list. Key: workspaceId|object.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID."},{"name":"object","type":"string","doc":"Twenty object name."},{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"siteId","type":"string","doc":"Graph site id."},{"name":"listId","type":"string","doc":"Graph list id."},{"name":"subscriptionId","type":"string","doc":"Graph subscription id."},{"name":"clientStateSha256","type":"string","doc":"SHA-256 of the clientState, hexadecimal; the clientState itself is never stored."},{"name":"expiresAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When Graph ends it."}]}',
  },
  'twenty-change': {
    type: 'TwentyChange',
    text: '{"type":"record","name":"TwentyChange","namespace":"sync","doc":"One committed change of one Twenty record, the complete row after it. Key: workspaceId|object|recordId.","fields":[{"name":"op","type":{"type":"enum","name":"TwentyOp","symbols":["create","update","softDelete","restore","delete","snapshot","unknown"],"doc":"What happened to the record; softDelete and restore are updates of deletedAt. Readers treat a symbol they do not know as unknown.","default":"unknown"},"doc":"What happened to the record."},{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"custom","type":"boolean","doc":"True for an object that the workspace\'s users made."},{"name":"version","type":{"type":"record","name":"TwentyVersion","namespace":"sync","doc":"Position of the change in the write-ahead log; per record a higher one is younger.","fields":[{"name":"epoch","type":"long","doc":"Raised by one by the operator after a failover that may have moved the log back."},{"name":"lsn","type":"long","doc":"PostgreSQL log sequence number of the row change, as an unsigned number.","ts":"bigint"},{"name":"order","type":"long","doc":"Order within the transaction, from 1; 0 when unknown."}]},"doc":"Version of the record that this change made."},{"name":"committedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Commit time of the transaction, milliseconds since 1970, clock of the PostgreSQL server."},{"name":"transactionId","type":["null","string"],"default":null,"doc":"PostgreSQL transaction id, equal for all changes of one transaction."},{"name":"origin","type":["null","string"],"default":null,"doc":"Replication origin when the change was written by a tagged session, else null. A hint only."},{"name":"fields","type":{"type":"map","values":["null","boolean","double","string",{"type":"array","items":"string"}]},"doc":"Column name to value. numeric, bigint, uuid and enum are exact text; timestamptz is ISO 8601 in UTC with microseconds (2026-01-02T03:04:05.123456Z), date likewise with its mark of UTC (2026-01-02Z); json is JSON text; double precision is a number. Empty for op delete."},{"name":"unchanged","type":{"type":"array","items":"string"},"doc":"Columns whose value is not in this record because PostgreSQL did not send it (unchanged TOAST): keep what you had.","default":[]},{"name":"changed","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"Columns whose value differs from the row before, when the row before is known."}]}',
  },
  'twenty-metadata': {
    type: 'TwentyMetadata',
    text: '{"type":"record","name":"TwentyMetadata","namespace":"sync","doc":"What a Twenty workspace\'s schema is made of. Key: workspaceId.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID."},{"name":"schema","type":"string","doc":"PostgreSQL schema of the workspace."},{"name":"displayName","type":"string","doc":"Name people gave the workspace."},{"name":"metadataVersion","type":"long","doc":"Twenty\'s own counter; goes up with every change of the data model."},{"name":"objects","type":{"type":"array","items":{"type":"record","name":"TwentyObject","namespace":"sync","doc":"One object of the workspace.","fields":[{"name":"name","type":"string","doc":"Singular camelCase name."},{"name":"table","type":"string","doc":"Table name in the schema."},{"name":"custom","type":"boolean","doc":"True for an object that the workspace\'s users made."},{"name":"columns","type":{"type":"array","items":{"type":"record","name":"TwentyColumn","namespace":"sync","doc":"One real column.","fields":[{"name":"name","type":"string","doc":"Column name."},{"name":"type","type":"string","doc":"PostgreSQL type name."},{"name":"nullable","type":"boolean","doc":"True when the column may be NULL."},{"name":"options","type":{"type":"array","items":"string"},"doc":"Values of an enum column in their order, else empty.","default":[]}]}},"doc":"Columns of the table, generated ones left out."}]}},"doc":"Active objects that have a table."}]}',
  },
  'twenty-write': {
    type: 'TwentyWrite',
    text: '{"type":"record","name":"TwentyWrite","namespace":"sync","doc":"A command: wishes of one record for its row in Twenty, to be set only if the row still holds what was last seen. Key: workspaceId|object|recordId.","fields":[{"name":"commandId","type":"string","doc":"Equal for a command that is sent again."},{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"tenantId","type":["null","string"],"default":null,"doc":"Microsoft Entra tenant of the list that mirrors the object."},{"name":"siteId","type":["null","string"],"default":null,"doc":"Graph site id of that list."},{"name":"listId","type":["null","string"],"default":null,"doc":"Graph list id."},{"name":"itemId","type":["null","string"],"default":null,"doc":"Item of the record, if one is known."},{"name":"wishes","type":{"type":"array","items":{"type":"record","name":"Wish","namespace":"sync","doc":"One field that a side is asked to hold.","fields":[{"name":"field","type":"string","doc":"Mapping field name; alive says whether the record shall exist there."},{"name":"value","type":["null","string"],"doc":"Canonical value; null clears the field."},{"name":"source","type":"string","doc":"Version, on the other side, that this value comes from."}]}},"doc":"All open wishes."},{"name":"expected","type":{"type":"map","values":["null","string"]},"doc":"Canonical values last seen of the very fields that are wished for; empty when no row has been seen."},{"name":"diedAt","type":["null","string"],"default":null,"doc":"What the row held in deletedAt when it was last seen dead; only that delete is taken back. Null when it is not known."},{"name":"exists","type":"boolean","doc":"False when the decision has never seen a row of this record."},{"name":"changedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"Time of the change that caused the newest wish."},{"name":"issuedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the command was made."}]}',
  },
  'workspace-config': {
    type: 'WorkspaceConfig',
    text: '{"type":"record","name":"WorkspaceConfig","namespace":"sync","doc":"How one workspace is synced. Key: workspaceId.","fields":[{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID."},{"name":"enabled","type":"boolean","doc":"False stops new decisions for the workspace."},{"name":"tenantId","type":"string","doc":"Microsoft Entra tenant."},{"name":"clientId","type":"string","doc":"Application (client) id in that tenant."},{"name":"credential","type":"string","doc":"Name of the environment variable that holds the client secret. Never the secret."},{"name":"siteHost","type":"string","doc":"SharePoint host name."},{"name":"sitePath","type":"string","doc":"Server-relative path of the site."},{"name":"listPrefix","type":"string","doc":"Put before the name of each list; empty for none.","default":""},{"name":"objects","type":{"type":"array","items":{"type":"record","name":"ObjectConfig","namespace":"sync","doc":"How one object is synced.","fields":[{"name":"name","type":"string","doc":"Twenty object name."},{"name":"list","type":"string","doc":"Display name of the SharePoint list."},{"name":"lane","type":"string","doc":"Priority lane of its writes: p0, p1, p2 or p3."},{"name":"strategy","type":"string","doc":"Conflict strategy: lastWriteWins, manualReview, twentyPriority, sharePointPriority or fieldMerge."},{"name":"fieldStrategies","type":{"type":"map","values":"string"},"doc":"Field name to a strategy of its own.","default":{}},{"name":"pollSeconds","type":"double","doc":"Seconds between timed delta reads."},{"name":"massDeleteLimit","type":"int","default":25,"doc":"Records that may be deleted on one side within the window; more wait for a person."},{"name":"massOverwriteLimit","type":"int","default":1000,"doc":"Records in which a value may be replaced on one side within the window; more wait for a person."},{"name":"adopt","type":"boolean","default":false,"doc":"True when a list that already holds items may be taken: items with a known TwentyId are matched, the others become records. Else such a list is refused."}]}},"doc":"Objects to sync."},{"name":"skewMs","type":"long","doc":"Clock difference, in milliseconds, within which two edits count as simultaneous."},{"name":"tieWinner","type":"string","doc":"Side that wins when the times do not decide: twenty or sharepoint."},{"name":"massWindowMs","type":"long","default":300000,"doc":"Window, in milliseconds, in which mass deletes and overwrites are counted."},{"name":"loopLimit","type":"int","default":6,"doc":"Turns of one field, from side to side, within the window; the next write waits for a person."},{"name":"loopWindowMs","type":"long","default":600000,"doc":"Window, in milliseconds, in which turns are counted."}]}',
  },
  'write-memory': {
    type: 'WriteMemory',
    text: '{"type":"record","name":"WriteMemory","namespace":"sync","doc":"The sharepoint-writer\'s own last answer for a record. Key: workspaceId|object|recordId; partitioned by tenant.","fields":[{"name":"listId","type":"string","doc":"List of the answer; the memory says nothing of another."},{"name":"exists","type":"boolean","doc":"Whether the item stood at the version."},{"name":"itemId","type":"string","doc":"Item that was written or read; empty when none was ever known."},{"name":"etag","type":"string","doc":"Its eTag; empty when it is gone."},{"name":"generation","type":"int","doc":"How many times the item came back from the recycle bin."},{"name":"version","type":"string","doc":"Version of the side after the answer."},{"name":"lineage","type":{"type":"array","items":"string"},"doc":"Versions from which the item came to this one by own writes only, the oldest first."},{"name":"values","type":{"type":"map","values":["null","string"]},"doc":"Field name to the value that it held at the version."},{"name":"sources","type":{"type":"map","values":"string"},"doc":"Field name to the youngest source version that was answered."}]}',
  },
  'write-result': {
    type: 'WriteResult',
    text: '{"type":"record","name":"WriteResult","namespace":"sync","doc":"The answer to exactly one command. Key: workspaceId|object|recordId.","fields":[{"name":"commandId","type":"string","doc":"Command that is answered."},{"name":"side","type":{"type":"enum","name":"Side","symbols":["twenty","sharepoint"],"doc":"A side of the sync."},"doc":"Side that was written."},{"name":"kind","type":{"type":"enum","name":"AnswerKind","symbols":["written","alreadySo","stale","refused","unknown"],"doc":"written: the wishes stand. alreadySo: they stood already. stale: the side had moved, nothing was written. refused: a field cannot be written.","default":"unknown"},"doc":"Kind of answer."},{"name":"workspaceId","type":"string","doc":"Twenty workspace, UUID in lower case."},{"name":"object","type":"string","doc":"Twenty object name, singular camelCase; a custom object without its leading underscore."},{"name":"recordId","type":"string","doc":"Twenty record id, UUID in lower case."},{"name":"tenantId","type":["null","string"],"default":null,"doc":"Microsoft Entra tenant."},{"name":"siteId","type":["null","string"],"default":null,"doc":"Graph site id."},{"name":"listId","type":["null","string"],"default":null,"doc":"Graph list id."},{"name":"wishes","type":{"type":"array","items":{"type":"record","name":"Wish","namespace":"sync","doc":"One field that a side is asked to hold.","fields":[{"name":"field","type":"string","doc":"Mapping field name; alive says whether the record shall exist there."},{"name":"value","type":["null","string"],"doc":"Canonical value; null clears the field."},{"name":"source","type":"string","doc":"Version, on the other side, that this value comes from."}]}},"doc":"The wishes this answer speaks for."},{"name":"version","type":"string","doc":"Version after the write; empty when nothing was written."},{"name":"itemId","type":["null","string"],"default":null,"doc":"Item that was written or read."},{"name":"etag","type":["null","string"],"default":null,"doc":"eTag after the write."},{"name":"picture","type":["null",{"type":"record","name":"Picture","namespace":"sync","doc":"Everything the side was seen to hold.","fields":[{"name":"exists","type":"boolean","doc":"False when there is no such row or item, or the row is soft-deleted."},{"name":"version","type":"string","doc":"Version of what was read; empty when nothing exists."},{"name":"itemId","type":["null","string"],"default":null,"doc":"Item that was read."},{"name":"etag","type":["null","string"],"default":null,"doc":"eTag of what was read."},{"name":"modifiedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When it was last modified, if known."},{"name":"modifiedBy","type":{"type":"enum","name":"PictureEditor","symbols":["user","application","unknown"],"doc":"Kind of the last editor.","default":"unknown"},"doc":"Kind of the last editor."},{"name":"values","type":{"type":"map","values":["null","string"]},"doc":"Canonical value of every mapped field."}]}],"default":null,"doc":"The complete picture, when the side had to be read to answer."},{"name":"refusals","type":{"type":"array","items":{"type":"record","name":"Refusal","namespace":"sync","doc":"A field that cannot be written.","fields":[{"name":"field","type":"string","doc":"Mapping field name."},{"name":"code","type":"string","doc":"Stable code of the reason."},{"name":"reason","type":"string","doc":"What is wrong and how to mend it; no values."}]}},"doc":"Refused fields; the others of the command are answered by kind.","default":[]},{"name":"attempts","type":"long","doc":"Requests or statements it took."},{"name":"changedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"Commit time of the change that caused the command."},{"name":"answeredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the answer was known."}]}',
  },
} as const;
