/** Every topic of the pipeline, once. */
import type { SchemaName, Topic } from './topic.ts';

/** Objects with topics of their own; everything else goes to `custom` or `other`, so a new object needs no new topic. */
export const OBJECT_TOPICS = [
  'company',
  'person',
  'opportunity',
  'task',
  'note',
  'timelineActivity',
  'attachment',
  'favorite',
  'custom',
  'other',
] as const;
export type ObjectTopic = (typeof OBJECT_TOPICS)[number];

/** Priority lanes of writes to SharePoint, the most urgent first. */
export const LANES = ['p0', 'p1', 'p2', 'p3'] as const;
export type Lane = (typeof LANES)[number];

const WEEK = 168;

function perObject<S extends SchemaName>(
  prefix: string,
  schema: S,
  doc: string,
): Record<ObjectTopic, Topic<S>> {
  const entries = OBJECT_TOPICS.map((object) => [
    object,
    {
      name: `${prefix}.${object}`,
      schema,
      family: 'record',
      cleanup: 'compact',
      compactionLagHours: WEEK,
      public: true,
      doc: doc.replace('%', object),
    } satisfies Topic<S>,
  ]);
  return Object.fromEntries(entries) as Record<ObjectTopic, Topic<S>>;
}

function lane(name: Lane, doc: string): Topic<'sharepoint-write'> {
  return stream(`sharepoint.writes.${name}`, 'sharepoint-write', 'tenant', WEEK, doc);
}

function stream<S extends SchemaName | 'raw'>(
  name: string,
  schema: S,
  family: Topic['family'],
  retentionHours: number,
  doc: string,
): Topic<S> {
  return { name, schema, family, cleanup: 'delete', retentionHours, public: false, doc };
}

function table<S extends SchemaName>(
  name: string,
  schema: S,
  family: Topic['family'],
  doc: string,
  isPublic = false,
): Topic<S> {
  return { name, schema, family, cleanup: 'compact', public: isPublic, doc };
}

export const topics = {
  raw: stream(
    'twenty.raw.rows',
    'raw',
    'record',
    72,
    "Debezium's JSON for every captured row; internal, keyed by Debezium.",
  ),
  rawHeartbeat: stream(
    'twenty.raw.heartbeat',
    'raw',
    'single',
    24,
    'Heartbeats of the capture; they move the replication slot on while tables are idle.',
  ),
  rawTransactions: stream(
    'twenty.raw.transactions',
    'raw',
    'single',
    72,
    "Begin and end of every captured transaction, Debezium's JSON.",
  ),
  twentyChanges: perObject('twenty.changes', 'twenty-change', 'Changes of Twenty records: %.'),
  twentyMetadata: table(
    'twenty.metadata',
    'twenty-metadata',
    'single',
    'Data model of every Twenty workspace.',
    true,
  ),
  sharepointChanges: perObject('sharepoint.changes', 'sharepoint-change', 'Changes of SharePoint items: %.'),
  notifications: stream(
    'sharepoint.notifications',
    'sharepoint-notification',
    'tenant',
    72,
    'Change notifications of Microsoft Graph, one per list and call.',
  ),
  writes: {
    p0: lane('p0', 'Writes to SharePoint that people wait for.'),
    p1: lane('p1', 'Writes to SharePoint that may wait half a minute.'),
    p2: lane('p2', 'Writes to SharePoint that may wait five minutes.'),
    p3: lane('p3', 'Writes to SharePoint that may wait a day.'),
  },
  twentyWrites: stream('twenty.writes', 'twenty-write', 'record', WEEK, 'Writes to Twenty.'),
  sharepointResults: stream(
    'sharepoint.write-results',
    'write-result',
    'record',
    WEEK,
    'Answers to writes to SharePoint.',
  ),
  twentyResults: stream(
    'twenty.write-results',
    'write-result',
    'record',
    WEEK,
    'Answers to writes to Twenty.',
  ),
  conflicts: table(
    'sync.conflicts',
    'conflict',
    'record',
    'Every conflict with both values; a losing value is kept here.',
    true,
  ),
  resolutions: stream(
    'sync.resolutions',
    'resolution',
    'record',
    30 * 24,
    'What people decided about open conflicts, and kept values that they put back.',
  ),
  records: {
    ...table(
      'sync.records',
      'record-state',
      'record',
      "Changelog of the conflict-detector's state, one entry per record.",
    ),
    // Time for the owner to write its state again after a process that has lost the partition wrote an older one.
    compactionLagHours: 1,
  },
  mappings: table('sync.mappings', 'mapping', 'record', 'Which item mirrors which record.', true),
  config: table('sync.config', 'workspace-config', 'single', 'Configuration of every workspace.'),
  lists: table(
    'sync.lists',
    'list-binding',
    'single',
    'Lists that mirror objects, with the fields bound on both sides.',
  ),
  subscriptions: table(
    'sync.subscriptions',
    'subscription',
    'single',
    'Subscriptions for change notifications.',
  ),
  cursors: table('sync.cursors', 'cursor', 'tenant', 'Delta cursors, one per list.'),
  items: table('sync.items', 'item-index', 'tenant', 'Which record an item belongs to.'),
  writeMemory: table(
    'sharepoint.write-memory',
    'write-memory',
    'tenant',
    "Changelog of the sharepoint-writer's own last answers, one entry per record.",
  ),
} as const;

/** Services that consume topics; each has a dead-letter topic of its own, so that every topic has one writer. */
export const CONSUMING_SERVICES = [
  'change-normalizer',
  'conflict-detector',
  'sharepoint-writer',
  'twenty-writer',
  'mapping-keeper',
  'delta-reader',
  'list-keeper',
] as const;

const DEAD_LETTERS = 'sync.dead-letters.';

/** Dead letters of a service: key and value bytes as they came, the reason in headers. */
export function deadLetterTopic(service: string): Topic<'raw'> {
  return stream(
    `${DEAD_LETTERS}${service}`,
    'raw',
    'single',
    30 * 24,
    `Records that ${service} can never process, byte for byte.`,
  );
}

export function isDeadLetterTopic({ name }: Topic): boolean {
  return name.startsWith(DEAD_LETTERS);
}

/** All topics, flat. */
export function allTopics(): Topic[] {
  const groups = Object.values(topics) as readonly (Topic | Readonly<Record<string, Topic>>)[];
  return [
    ...groups.flatMap((entry) => (isTopic(entry) ? [entry] : Object.values(entry))),
    ...CONSUMING_SERVICES.map(deadLetterTopic),
  ];
}

function isTopic(entry: Topic | Readonly<Record<string, Topic>>): entry is Topic {
  return typeof entry.name === 'string';
}

/** The change topic family an object belongs to. */
export function objectTopicOf(object: string, custom: boolean): ObjectTopic {
  if (custom) return 'custom';
  return (OBJECT_TOPICS as readonly string[]).includes(object) && object !== 'custom'
    ? (object as ObjectTopic)
    : 'other';
}
