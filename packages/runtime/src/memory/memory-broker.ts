/** A broker in the process, for tests: same port, same promises, no network, no clock. */
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
import { MemorySource } from './memory-source.ts';

export class MemoryBroker implements Broker {
  readonly #counts: ReadonlyMap<string, number>;
  readonly #logs = new Map<string, RawRecord[]>();
  readonly #groups = new Map<string, MemoryGroup>();
  readonly #now: () => number;
  #watchers = new Set<() => void>();
  #ownGroups = 0;
  /** Set to make every send fail with it. */
  sendFailure: Error | null = null;
  /** Position up to which each partition was handed to a group's members. */
  readonly handed = new Map<string, bigint>();
  /** Requests that the sinks have made, each with its records. */
  readonly requests: (readonly EncodedRecord[])[] = [];

  constructor(counts: Readonly<Record<string, number>>, now: () => number = () => 0) {
    this.#counts = new Map(Object.entries(counts));
    this.#now = now;
  }

  /** Appends a record as any producer would. */
  append(record: EncodedRecord): bigint {
    const log = this.log(record);
    const offset = BigInt(log.length);
    log.push({ ...record, offset, timestamp: this.#now() });
    for (const watcher of this.#watchers) watcher();
    return offset;
  }

  /** All records of a partition. */
  log(at: TopicPartition): RawRecord[] {
    if (at.partition >= (this.#counts.get(at.topic) ?? 0))
      throw new Error(`no partition ${at.partition} of topic ${at.topic}`);
    const name = `${at.topic}|${at.partition}`;
    const log = this.#logs.get(name) ?? [];
    this.#logs.set(name, log);
    return log;
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
      partitions.map((partition) => ({
        partition,
        start: 0n,
        end: BigInt(this.log({ topic, partition }).length),
      })),
    );
  }

  clusterId(): Promise<string> {
    return Promise.resolve('memory');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #send(records: readonly EncodedRecord[]): Promise<bigint[]> {
    await Promise.resolve();
    if (this.sendFailure !== null) throw this.sendFailure;
    this.requests.push(records);
    return records.map((record) => this.append(record));
  }
}
