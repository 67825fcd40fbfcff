/** A broker in the process, for tests: same port, same promises, no network, no clock. */
import { SyncError } from '@sync/core';
import type {
  Bounds,
  Broker,
  EncodedRecord,
  RawRecord,
  RecordSink,
  RecordSource,
  TopicPartition,
} from '../ports.ts';
import { MemoryGroup } from './memory-group.ts';
import { MemoryLog } from './memory-log.ts';
import { MemorySource } from './memory-source.ts';

/** Brokers take 1 MiB by default. */
const MOST_BYTES = 1_048_576;

export class MemoryBroker implements Broker {
  readonly #counts: Map<string, number>;
  readonly #logs = new Map<string, MemoryLog>();
  readonly #groups = new Map<string, MemoryGroup>();
  readonly #now: () => number;
  #watchers = new Set<() => void>();
  #ownGroups = 0;
  /** Set to make every send fail with it. */
  sendFailure: Error | null = null;
  /** Topics of the first records of the requests that failed so. */
  readonly refused: string[] = [];
  /** Position up to which each partition was handed to a group's members. */
  readonly handed = new Map<string, bigint>();
  /** Requests that the sinks have made, each with its records. */
  readonly requests: (readonly EncodedRecord[])[] = [];

  constructor(counts: Readonly<Record<string, number>>, now: () => number = () => 0) {
    this.#counts = new Map(Object.entries(counts));
    this.#now = now;
  }

  /** Creates a topic. */
  create(topic: string, partitions: number): void {
    this.#counts.set(topic, partitions);
  }

  /** Appends a record as any producer would. */
  append(record: EncodedRecord): bigint {
    const offset = this.partition(record).append(record, this.#now());
    for (const watcher of this.#watchers) watcher();
    return offset;
  }

  /** The log of a partition. */
  partition({ topic, partition }: TopicPartition): MemoryLog {
    if (partition >= (this.#counts.get(topic) ?? 0))
      throw new Error(`no partition ${partition} of topic ${topic}`);
    const name = `${topic}|${partition}`;
    const log = this.#logs.get(name) ?? new MemoryLog();
    this.#logs.set(name, log);
    return log;
  }

  /** All records of a partition. */
  log(at: TopicPartition): RawRecord[] {
    return this.partition(at).records;
  }

  /** All records of a topic. */
  records(topic: string): RawRecord[] {
    return Array.from({ length: this.#counts.get(topic) ?? 0 }, (_, partition) =>
      this.log({ topic, partition }),
    ).flat();
  }

  group(name: string): MemoryGroup {
    const group = this.#groups.get(name) ?? new MemoryGroup(this.#counts);
    this.#groups.set(name, group);
    return group;
  }

  /** Calls after every append, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  source({
    group,
    topics,
  }: {
    readonly group: string | null;
    readonly topics: readonly string[];
  }): RecordSource {
    return new MemorySource(this, this.group(group ?? `own-${++this.#ownGroups}`), topics);
  }

  sink(): Promise<RecordSink> {
    return Promise.resolve({ send: (records) => this.#send(records), close: () => Promise.resolve() });
  }

  partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map([...this.#counts].filter(([topic]) => topics.includes(topic))));
  }

  bounds(topic: string): Promise<readonly Bounds[]> {
    const partitions = Array.from({ length: this.#counts.get(topic) ?? 0 }, (_, partition) => partition);
    return Promise.resolve(
      partitions.map((partition) => this.partition({ topic, partition }).bounds(partition)),
    );
  }

  /** Committed positions of a group, by `topic|partition`. */
  committed(group: string): Promise<ReadonlyMap<string, bigint>> {
    return Promise.resolve(this.group(group).committed);
  }

  clusterId(): Promise<string> {
    return Promise.resolve('memory');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #send(records: readonly EncodedRecord[]): Promise<bigint[]> {
    await Promise.resolve();
    if (this.sendFailure !== null) {
      this.refused.push(records[0]?.topic ?? '');
      throw this.sendFailure;
    }
    if (!records.every((record) => this.#takes(record)))
      throw new SyncError('KAFKA_UNAVAILABLE', 'sending: no such topic, or a record larger than it takes');
    this.requests.push(records);
    return records.map((record) => this.append(record));
  }

  #takes({ topic, partition, value }: EncodedRecord): boolean {
    return partition < (this.#counts.get(topic) ?? 0) && (value?.length ?? 0) <= MOST_BYTES;
  }
}
