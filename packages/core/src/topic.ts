/**
 * What a topic is. Every topic of the pipeline is declared once, in `topics.ts`; creation manifest, data-flow diagram,
 * partitioner, codecs and documentation are all made from there.
 */
import type { SchemaTypes } from './generated/schemas.ts';

export type SchemaName = keyof SchemaTypes;

/**
 * How records find their partition. `record`: by record key, so that one instance sees all that concerns a record, in order.
 * `tenant`: by tenant, so that one instance owns a tenant's quota. `single`: one partition, small tables read by everyone.
 */
export type Family = 'record' | 'tenant' | 'single';

export interface Topic<S extends SchemaName | 'raw' = SchemaName | 'raw'> {
  readonly name: string;
  /** Avro schema of the value; `raw` means bytes that are none of ours. */
  readonly schema: S;
  readonly family: Family;
  /** `compact` keeps the latest value per key for ever; `delete` forgets by age. */
  readonly cleanup: 'compact' | 'delete';
  /** Age after which records are deleted, hours; only for `delete`. */
  readonly retentionHours?: number;
  /** Age before which compaction leaves records alone, hours; only for `compact`. */
  readonly compactionLagHours?: number;
  /** True for topics that people outside this project may read: their schema stays compatible in both directions, for ever. */
  readonly public: boolean;
  readonly doc: string;
}

/** Type of the values of a topic. */
export type ValueOf<T extends Topic> =
  T extends Topic<infer S> ? (S extends SchemaName ? SchemaTypes[S] : Buffer) : never;

/** A record to be sent. `partitionKey` decides the partition; it is the key unless the topic's family is `tenant`. */
export interface OutRecord {
  readonly topic: Topic;
  readonly key: string;
  readonly value: unknown;
  readonly partitionKey: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a record for a topic; a wrong value type does not compile. */
export function to<T extends Topic>(
  topic: T,
  key: string,
  value: ValueOf<T>,
  partitionKey: string = key,
): OutRecord {
  return { topic, key, value, partitionKey };
}

/** Makes a tombstone: the key is forgotten. */
export function tombstone(topic: Topic, key: string, partitionKey: string = key): OutRecord {
  return { topic, key, value: null, partitionKey };
}
