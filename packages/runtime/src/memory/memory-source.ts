import type { Position, RawRecord, RecordSource, SourceListener, TopicPartition } from '../ports.ts';
import type { MemoryGroup } from './memory-group.ts';

const nameOf = (at: TopicPartition): string => `${at.topic}|${at.partition}`;

/** What a source needs of its broker. */
interface Logs {
  readonly handed: Map<string, bigint>;
  log(at: TopicPartition): RawRecord[];
  watch(watcher: () => void): () => void;
}

export class MemorySource implements RecordSource {
  readonly #broker: Logs;
  readonly #group: MemoryGroup;
  readonly #topics: readonly string[];
  readonly #paused = new Set<string>();
  #positions = new Map<string, Position>();
  #leave: () => void = () => undefined;
  #unwatch: () => void = () => undefined;
  #joinedBefore = false;

  constructor(broker: Logs, group: MemoryGroup, topics: readonly string[]) {
    this.#broker = broker;
    this.#group = group;
    this.#topics = topics;
  }

  start(listener: SourceListener): Promise<void> {
    const poll = (): void => queueMicrotask(() => this.#deliver(listener));
    this.#unwatch = this.#broker.watch(poll);
    this.#leave = this.#group.join(this.#topics, (partitions) => {
      this.#rejoin(partitions, listener);
      poll();
    });
    return Promise.resolve();
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const at of partitions) this.#paused.add(nameOf(at));
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const at of partitions) this.#paused.delete(nameOf(at));
    this.#poke();
  }

  commit(positions: readonly Position[]): Promise<void> {
    this.#group.commit(positions);
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#unwatch();
    this.#positions.clear();
    this.#leave();
    return Promise.resolve();
  }

  #poke: () => void = () => undefined;

  #rejoin(partitions: readonly TopicPartition[], listener: SourceListener): void {
    this.#poke = () => queueMicrotask(() => this.#deliver(listener));
    const committed = partitions.map((at) => ({
      ...at,
      offset: this.#group.committed.get(nameOf(at)) ?? 0n,
    }));
    const wanted = listener.onAssigned(partitions, this.#joinedBefore);
    this.#joinedBefore = true;
    this.#positions = new Map([...committed, ...wanted].map((position) => [nameOf(position), position]));
  }

  #deliver(listener: SourceListener): void {
    for (const [name, position] of this.#positions) {
      const records = this.#paused.has(name) ? [] : this.#broker.log(position).slice(Number(position.offset));
      if (records.length === 0) continue;
      const next = position.offset + BigInt(records.length);
      this.#positions.set(name, { ...position, offset: next });
      this.#broker.handed.set(name, next);
      listener.onRecords(position, records, next);
    }
  }
}
