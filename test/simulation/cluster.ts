/** Kafka's side of the simulation: partition logs that can be compacted, and who watches them. */
import { allTopics } from '@sync/core';
import type { Topic } from '@sync/core';
import type { EncodedRecord, RawRecord, TopicPartition } from '../../packages/runtime/src/ports.ts';
import type { Clock } from './clock.ts';
import { SimGroup } from './group.ts';

const PARTITIONS: Readonly<Record<Topic['family'], number>> = { record: 3, tenant: 2, single: 1 };

/** Runs are short: an hour of compaction lag is this long here. */
const LAG_HOUR_MS = 15_000;

export interface Log {
  /** In the order of offsets; compaction leaves holes. */
  records: RawRecord[];
  next: bigint;
}

export class Cluster {
  readonly clock: Clock;
  readonly counts: ReadonlyMap<string, number>;
  readonly #logs = new Map<string, Log>();
  readonly #groups = new Map<string, SimGroup>();
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #topics: ReadonlyMap<string, Topic>;
  /** Until when nobody is given anything of a topic. */
  readonly #heldUntil = new Map<string, number>();
  /** Told of every record that is appended. */
  onAppend: (record: RawRecord) => void = () => undefined;

  constructor(clock: Clock) {
    this.clock = clock;
    this.#topics = new Map(allTopics().map((topic) => [topic.name, topic]));
    this.counts = new Map(allTopics().map((topic) => [topic.name, PARTITIONS[topic.family]]));
  }

  append(record: EncodedRecord): bigint {
    const log = this.log(record);
    const offset = log.next;
    log.next += 1n;
    const stored = { ...record, offset, timestamp: this.clock.now };
    log.records.push(stored);
    this.onAppend(stored);
    for (const wake of this.#watchers.get(nameOf(record)) ?? []) wake();
    return offset;
  }

  log(at: TopicPartition): Log {
    const name = nameOf(at);
    const log = this.#logs.get(name) ?? { records: [], next: 0n };
    this.#logs.set(name, log);
    return log;
  }

  /** Readers of a topic get nothing for a while; those of the others do. */
  hold(topic: string, ms: number): void {
    this.#heldUntil.set(topic, this.clock.now + ms);
  }

  /** Milliseconds until a topic is delivered again. */
  heldFor(topic: string): number {
    return Math.max(0, (this.#heldUntil.get(topic) ?? 0) - this.clock.now);
  }

  /** All records of a topic that are still there. */
  recordsOf(topic: Topic): RawRecord[] {
    const count = this.counts.get(topic.name) ?? 0;
    return Array.from(
      { length: count },
      (_, partition) => this.log({ topic: topic.name, partition }).records,
    ).flat();
  }

  group(name: string): SimGroup {
    const group = this.#groups.get(name) ?? new SimGroup(this.counts);
    this.#groups.set(name, group);
    return group;
  }

  watch(at: TopicPartition, wake: () => void): () => void {
    const name = nameOf(at);
    const watchers = this.#watchers.get(name) ?? new Set();
    this.#watchers.set(name, watchers.add(wake));
    return () => watchers.delete(wake);
  }

  /** Keeps the youngest record of each key among those older than the lag of the topic; the last record of a log always stays. */
  compact(): void {
    for (const [name, log] of this.#logs) {
      const topic = this.#topics.get(name.slice(0, name.lastIndexOf('|')));
      if (topic?.cleanup !== 'compact') continue;
      const before = this.clock.now - (topic.compactionLagHours ?? 0) * LAG_HOUR_MS;
      const old = log.records.filter(({ timestamp }) => timestamp <= before);
      const youngest = new Map(old.map((record) => [String(record.key), record.offset]));
      log.records = log.records.filter(
        ({ key, offset, timestamp }) => timestamp > before || youngest.get(String(key)) === offset,
      );
    }
  }
}

export function nameOf(at: TopicPartition): string {
  return `${at.topic}|${at.partition}`;
}
