/** What a service sees of the runtime. */
import type { OutRecord, Outcome, Topic, Topology, ValueOf } from '@sync/core';
import type { Express } from 'express';
import type { BaseConfig } from '../config/base-options.ts';
import type { ConfigOf, OptionTable } from '../config/option.ts';
import type { Logger } from '../observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';

/** A record that was read; `value` is decoded by the topic's schema, a Buffer for raw topics, null for a tombstone. */
export interface InRecord {
  readonly topic: Topic;
  readonly key: string;
  readonly value: unknown;
  readonly partition: number;
  readonly offset: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A compacted topic, whole, in memory. */
export interface Table<V> {
  get(key: string): V | undefined;
  entries(): Iterable<[string, V]>;
  /** Calls with every change, those of the restore included; `undefined` means forgotten. */
  onChange(listener: (key: string, value: V | undefined) => void): void;
}

/** The service's own state; filled from acknowledged sends and from its changelog topic. */
export interface Store<V> {
  get(key: string): V | undefined;
  entries(): Iterable<[string, V]>;
  /** Told of every new value, our own when it is acknowledged; also during the restore. */
  onChange(listener: (key: string, value: V | undefined) => void): void;
}

/**
 * What is kept of a value; undefined keeps nothing and forgets what was kept. `before` is what was kept of the key's value so far:
 * given back as it is, the new value changes nothing.
 */
export type Project<V, P> = (value: V, before: P | undefined) => P | undefined;

/** How values of a store rank: a value of lower rank, written by an instance that had lost its partition, replaces none of higher. */
export interface Ranked<V> {
  readonly rankOf: (value: V) => number;
  /**
   * Told of a key whose newest record in the changelog was left out. Until its owner writes the value again, compaction would
   * leave the wrong one.
   */
  readonly onOutranked: (key: string) => void;
}

export interface Service {
  /** Records of `topology.reads`: serial per key, concurrent across keys. */
  process?(record: InRecord): Promise<Outcome>;
  /** Keys in flight per instance; default 64. */
  readonly maxInFlight?: number;
  /** Called last, after everything in flight is done. */
  close?(): Promise<void>;
}

export interface ServiceContext<C> {
  readonly config: C & BaseConfig;
  readonly log: Logger;
  readonly metrics: Metrics<RuntimeMetrics>;
  readonly http: Express;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves when all replicas have acknowledged; only topics of `topology.writes` and `topology.keeps`. */
  send(records: readonly OutRecord[]): Promise<void>;
  /**
   * A topic of `topology.tables`, restored before the first record is processed. With `project`, only what it makes of a value is
   * held in memory; one projection per topic, given in `build`.
   */
  table<T extends Topic, P = ValueOf<T>>(topic: T, project?: Project<ValueOf<T>, P>): Table<P>;
  /** A topic of `topology.keeps`, restored before a partition is processed; `ranked` is given in `build`. */
  store<T extends Topic>(topic: T, ranked?: Ranked<ValueOf<T>>): Store<ValueOf<T>>;
  /**
   * Runs in the key's lane, serial with its records; the outcome is handled as for a record. It belongs to the partition in which
   * records of `partitionKey` (the key when left out) lie in the first topic read: given up when that is lost, and not taken at
   * all while it is not ours (`owns`).
   */
  enqueue(key: string, run: () => Promise<Outcome>, partitionKey?: string): void;
  /** Is the partition of this key ours now? `single` topics: whoever owns partition 0 of the first topic read, everyone without reads. */
  owns(topic: Topic, partitionKey: string): boolean;
  /** Calls once all tables and stores are restored, before anything is read; `send` works, `enqueue` not yet. */
  onReady(listener: () => void): void;
  /** Calls with the newly owned partition numbers, after their restore and before their first record. */
  onAssigned(listener: (partitions: readonly number[]) => void): void;
  /** Repeats work from when the service is ready; never overlaps itself. Errors that wait are tried again at the next tick, others crash. */
  every(ms: number, name: string, work: () => Promise<void>): void;
}

export interface ServiceDefinition<O extends OptionTable> {
  readonly topology: Topology;
  readonly options: O;
  build(context: ServiceContext<ConfigOf<O>>): Service | Promise<Service>;
}

/** The value of a record when it is of this topic (null: a tombstone); undefined when it is of another. */
export function valueOf<T extends Topic>(topic: T, record: InRecord): ValueOf<T> | null | undefined {
  // The runtime decoded the value with this topic's own schema.
  return record.topic.name === topic.name ? (record.value as ValueOf<T> | null) : undefined;
}
