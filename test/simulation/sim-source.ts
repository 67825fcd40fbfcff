/** A consumer of the simulated cluster: every partition is delivered at its own pace, in batches of any size. */
import type {
  Position,
  RecordSource,
  SourceListener,
  TopicPartition,
} from '../../packages/runtime/src/ports.ts';
import type { Chaos } from './chaos.ts';
import type { Owner } from './clock.ts';
import { nameOf } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import type { GroupMember } from './group.ts';

interface Reading {
  readonly at: TopicPartition;
  next: bigint;
  scheduled: boolean;
  live: boolean;
}

export class SimSource implements RecordSource, GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
  readonly #cluster: Cluster;
  readonly #chaos: Chaos;
  readonly #owner: Owner;
  readonly #group: string | null;
  #readings = new Map<string, Reading>();
  readonly #paused = new Set<string>();
  #listener: SourceListener | null = null;
  #generation = -1;
  #sameMember = false;

  constructor(
    parts: { readonly cluster: Cluster; readonly chaos: Chaos; readonly owner: Owner; readonly id: string },
    options: { readonly group: string | null; readonly topics: readonly string[] },
  ) {
    this.#cluster = parts.cluster;
    this.#chaos = parts.chaos;
    this.#owner = parts.owner;
    this.id = parts.id;
    this.#group = options.group;
    this.topics = options.topics;
  }

  start(listener: SourceListener): Promise<void> {
    this.#listener = listener;
    if (this.#group === null) this.#follow(listener);
    else this.#cluster.group(this.#group).join(this);
    return Promise.resolve();
  }

  /** The group has taken the member out: it does not know yet, and goes on for a while. */
  expel(returnAfterMs: number): void {
    if (this.#group === null || this.#listener === null) return;
    const group = this.#cluster.group(this.#group);
    if (!group.has(this)) return;
    group.leave(this);
    this.#sameMember = false;
    this.#cluster.clock.after(returnAfterMs, () => group.join(this), this.#owner);
  }

  /** The process is gone, and the broker has noticed. */
  forget(): void {
    if (this.#group !== null) this.#cluster.group(this.#group).leave(this);
    this.#abandon();
  }

  onGeneration(generation: number, partitions: readonly TopicPartition[]): void {
    const hear = (): void => this.#assigned(generation, partitions);
    this.#cluster.clock.after(this.#chaos.delay(150, 1500), hear, this.#owner);
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const at of partitions) this.#paused.add(nameOf(at));
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const at of partitions) this.#paused.delete(nameOf(at));
    for (const reading of this.#readings.values()) this.#wake(reading);
  }

  async commit(positions: readonly Position[]): Promise<void> {
    if (this.#chaos.strikes('commit lost', 0.05)) throw new Error('the commit was lost');
    this.#cluster.group(this.#group ?? '').commit(this, this.#generation, positions);
    await Promise.resolve();
  }

  stop(): Promise<void> {
    this.forget();
    return Promise.resolve();
  }

  #follow(listener: SourceListener): void {
    const all = this.topics.flatMap((topic) =>
      Array.from({ length: this.#cluster.counts.get(topic) ?? 0 }, (_, partition) => ({ topic, partition })),
    );
    this.#read(all, listener.onAssigned(all, false), () => 0n);
  }

  #assigned(generation: number, partitions: readonly TopicPartition[]): void {
    const group = this.#cluster.group(this.#group ?? '');
    if (this.#listener === null || generation < group.generation || !group.has(this)) return;
    this.#generation = generation;
    this.#paused.clear();
    const wanted = this.#listener.onAssigned(partitions, this.#sameMember);
    this.#sameMember = true;
    this.#read(partitions, wanted, (at) => group.committed.get(nameOf(at)) ?? 0n);
  }

  #read(
    partitions: readonly TopicPartition[],
    wanted: readonly Position[],
    otherwise: (at: TopicPartition) => bigint,
  ): void {
    this.#abandon();
    const from = new Map(wanted.map((position) => [nameOf(position), position.offset]));
    for (const at of partitions) {
      const reading = { at, next: from.get(nameOf(at)) ?? otherwise(at), scheduled: false, live: true };
      this.#readings.set(nameOf(at), reading);
      this.#unwatch.push(this.#cluster.watch(at, () => this.#wake(reading)));
      this.#wake(reading);
    }
  }

  #unwatch: (() => void)[] = [];

  #abandon(): void {
    for (const reading of this.#readings.values()) reading.live = false;
    for (const stop of this.#unwatch.splice(0)) stop();
    this.#readings = new Map();
  }

  #wake(reading: Reading): void {
    if (reading.scheduled || this.#cluster.log(reading.at).next <= reading.next) return;
    const follows = this.#group === null;
    this.#deliverAfter(follows ? this.#chaos.delay(10, 100) : this.#chaos.delay(40, 3000), reading);
  }

  #deliverAfter(ms: number, reading: Reading): void {
    reading.scheduled = true;
    this.#cluster.clock.after(ms, () => this.#deliver(reading), this.#owner);
  }

  #deliver(reading: Reading): void {
    reading.scheduled = false;
    if (!reading.live || this.#paused.has(nameOf(reading.at))) return;
    const held = this.#cluster.heldFor(reading.at.topic);
    if (held > 0) return this.#deliverAfter(held, reading);
    const log = this.#cluster.log(reading.at);
    const waiting = log.records.filter((record) => record.offset >= reading.next);
    const batch = waiting.slice(0, this.#chaos.random.between(1, 6));
    const following = waiting[batch.length];
    const last = batch.at(-1);
    reading.next = following?.offset ?? log.next;
    if (last !== undefined || this.#group === null)
      this.#listener?.onRecords(reading.at, batch, reading.next);
    this.#wake(reading);
  }
}
