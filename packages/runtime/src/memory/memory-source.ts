import type { Position, RecordSource, SourceListener, TopicPartition } from '../ports.ts';
import type { GroupMember, MemoryGroup } from './memory-group.ts';
import type { MemoryLog } from './memory-log.ts';

const nameOf = (at: TopicPartition): string => `${at.topic}|${at.partition}`;

/** What a source needs of its broker. */
interface Logs {
  readonly handed: Map<string, bigint>;
  partition(at: TopicPartition): MemoryLog;
  watch(watcher: () => void): () => void;
}

export class MemorySource implements RecordSource, GroupMember {
  readonly topics: readonly string[];
  readonly #broker: Logs;
  readonly #group: MemoryGroup;
  readonly #paused = new Set<string>();
  #positions = new Map<string, Position>();
  #listener: SourceListener | null = null;
  #unwatch: () => void = () => undefined;
  #joinedBefore = false;

  constructor(broker: Logs, group: MemoryGroup, topics: readonly string[]) {
    this.#broker = broker;
    this.#group = group;
    this.topics = topics;
  }

  start(listener: SourceListener): Promise<void> {
    this.#listener = listener;
    this.#unwatch = this.#broker.watch(() => this.#poll());
    this.#group.join(this);
    return Promise.resolve();
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const at of partitions) this.#paused.add(nameOf(at));
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const at of partitions) this.#paused.delete(nameOf(at));
    this.#poll();
  }

  async commit(positions: readonly Position[]): Promise<void> {
    await Promise.resolve();
    this.#group.commit(this, positions);
  }

  stop(): Promise<void> {
    this.#unwatch();
    this.#positions.clear();
    this.#group.leave(this);
    return Promise.resolve();
  }

  rejoin(partitions: readonly TopicPartition[]): void {
    this.#paused.clear();
    const committed = partitions.map((at) => ({
      ...at,
      offset: this.#group.committed.get(nameOf(at)) ?? 0n,
    }));
    const wanted = this.#listener?.onAssigned(partitions, this.#joinedBefore) ?? [];
    this.#joinedBefore = true;
    this.#positions = new Map([...committed, ...wanted].map((position) => [nameOf(position), position]));
    this.#poll();
  }

  #poll(): void {
    queueMicrotask(() => this.#deliver());
  }

  #deliver(): void {
    this.#listener?.onAlive();
    for (const [name, position] of this.#positions) {
      if (this.#paused.has(name)) continue;
      const { records, next } = this.#broker.partition(position).from(position.offset);
      if (next === position.offset) continue;
      this.#positions.set(name, { ...position, offset: next });
      this.#broker.handed.set(name, next);
      this.#listener?.onRecords(position, records, next);
    }
  }
}
