/**
 * The loop of a service: takes records from a source, runs them in lanes by key, and commits what is done.
 *
 *   source → held until restored → lanes (serial per key, bounded) → outcome sent and acknowledged → tracker → commit
 *
 * Guarantees: records of a key are processed in order, one at a time, whatever topic they come by. An offset is committed only
 * when everything before it is done. A partition that was lost gives its work up: nothing more is sent for it. A partition that
 * stayed ours over a rebalance goes on where it was.
 */
import { setMaxListeners } from 'node:events';
import type { Outcome, Topic } from '@sync/core';
import type { Codec } from '../avro/codec.ts';
import type { Logger } from '../observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';
import type { Position, RawRecord, RecordSource, TopicPartition } from '../ports.ts';
import type { InRecord } from '../service/contract.ts';
import { Assignment } from './assignment.ts';
import { Committer } from './committer.ts';
import { toInRecord } from './in-record.ts';
import { Lanes } from './lanes.ts';
import type { OutcomeRunner } from './outcome-runner.ts';
import type { PartitionWork } from './partition-work.ts';
import { GivenUp } from './patience.ts';
import { shouldPause } from './pressure.ts';

export interface ProcessorOptions {
  /** Null for a service that reads nothing: it only has `enqueue`. */
  readonly source: RecordSource | null;
  readonly topics: readonly Topic[];
  readonly codec: Codec;
  readonly runner: OutcomeRunner;
  readonly maxInFlight: number;
  readonly log: Logger;
  readonly metrics: Metrics<RuntimeMetrics>;
  process(record: InRecord): Promise<Outcome>;
  /** Resolves when the state of these partitions is restored. */
  restore(partitions: readonly TopicPartition[]): Promise<void>;
  /** Partition numbers that are newly ours, after their restore. */
  onAssigned(numbers: readonly number[]): void;
  onAlive(): void;
  onCrash(error: unknown): void;
  now(): number;
}

export class Processor {
  readonly #options: ProcessorOptions;
  readonly #topics: ReadonlyMap<string, Topic>;
  readonly #lanes: Lanes;
  readonly #stopping = new AbortController();
  readonly #assignment = new Assignment();
  readonly #committer: Committer;
  /** Work that belongs to no partition is never lost. */
  readonly #neverLost = new AbortController().signal;
  #assigned = false;

  constructor(options: ProcessorOptions) {
    this.#options = options;
    this.#topics = new Map(options.topics.map((topic) => [topic.name, topic]));
    setMaxListeners(0, this.#stopping.signal);
    this.#committer = new Committer(options.source, this.#assignment, options.log);
    this.#lanes = new Lanes(options.maxInFlight, (error) => this.#failed(error));
  }

  async start(): Promise<void> {
    await this.#options.source?.start({
      onAssigned: (partitions, sameMember) => this.#reassign(partitions, sameMember),
      onRecords: (at, records, next) => this.#receive(at, records, next),
      onRebalancing: () => undefined,
      onAlive: () => this.#options.onAlive(),
      onCrash: (error) => this.#options.onCrash(error),
    });
  }

  /** Has a first assignment been restored? Always true without a source. */
  get ready(): boolean {
    return this.#options.source === null || (this.#assigned && this.#assignment.released);
  }

  /** Is a partition ours, and its state restored? By name of a topic read, or by number in any topic. */
  owns(partition: number, topic?: string): boolean {
    return this.#assignment.owns(partition, topic);
  }

  /** Runs work in the lane of a key; with `home`, only while that partition is ours and restored. */
  enqueue(key: string, run: () => Promise<Outcome>, home?: TopicPartition): void {
    const lost = home === undefined ? this.#neverLost : this.#signalOf(home);
    if (lost === null) return;
    const now = this.#options.now();
    const origin = {
      topic: 'enqueued',
      partition: 0,
      offset: -1n,
      timestamp: now,
      firstSeen: now,
      key: Buffer.from(key),
      value: null,
      headers: {},
    };
    this.#lanes.push(key, async (place) => {
      const stopping = this.#stopping.signal;
      if (!lost.aborted && !stopping.aborted)
        await this.#options.runner.run(run, origin, { place, lost, stopping });
    });
  }

  #signalOf(at: TopicPartition): AbortSignal | null {
    const work = this.#assignment.get(at);
    return work?.restored === true ? work.owned.signal : null;
  }

  /** Commits what is done; errors are left to the next time, since a rebalance makes them normal. */
  commit(): Promise<void> {
    this.#measure();
    return this.#committer.commit();
  }

  /** Reads no more, ends what runs, gives up what waits, commits, leaves the group. */
  async stop(deadlineMs: number): Promise<void> {
    const { source } = this.#options;
    this.#stopping.abort();
    source?.pause(this.#assignment.all().map((work) => work.at));
    for (const work of this.#assignment.all()) work.held = [];
    await Promise.race([this.#lanes.whenIdle(), after(deadlineMs)]);
    await this.commit();
    for (const work of this.#assignment.all()) work.owned.abort();
    await source?.stop();
  }

  #reassign(partitions: readonly TopicPartition[], sameMember: boolean): Position[] {
    const fresh = this.#assignment.replace(partitions, sameMember);
    this.#repause();
    void this.#open(fresh);
    return this.#assignment.positions();
  }

  /** A new assignment begins with nothing paused. */
  #repause(): void {
    const paused = this.#assignment.all().filter((work) => work.paused);
    if (paused.length > 0) this.#options.source?.pause(paused.map((work) => work.at));
  }

  // Never rejects: what fails here crashes the service.
  async #open(fresh: readonly PartitionWork[]): Promise<void> {
    try {
      await this.#options.restore(fresh.map((work) => work.at));
      const ours = fresh.filter((work) => !work.owned.signal.aborted);
      this.#assigned = true;
      for (const work of ours) work.restored = true;
      this.#options.onAssigned([...new Set(ours.map((work) => work.at.partition))]);
      for (const work of ours) this.#release(work);
    } catch (error) {
      this.#options.onCrash(error);
    }
  }

  #release(work: PartitionWork): void {
    const held = work.held ?? [];
    work.held = null;
    for (const record of held) this.#push(work, record);
  }

  #receive(at: TopicPartition, records: readonly RawRecord[], next: bigint): void {
    const work = this.#assignment.get(at);
    if (work === undefined || this.#stopping.signal.aborted) return;
    for (const record of records) if (work.tracker.add(record.offset)) this.#take(work, record);
    work.tracker.skipTo(next);
    this.#balance(work);
  }

  #take(work: PartitionWork, record: RawRecord): void {
    if (work.held === null) this.#push(work, record);
    else work.held.push(record);
  }

  #push(work: PartitionWork, record: RawRecord): void {
    const topic = this.#topics.get(record.topic);
    if (topic === undefined) throw new Error(`processing: ${record.topic} was never asked for`);
    const origin = { ...record, firstSeen: this.#options.now() };
    const [lost, stopping] = [work.owned.signal, this.#stopping.signal];
    this.#lanes.push(record.key?.toString() ?? '', async (place) => {
      if (lost.aborted || stopping.aborted) return;
      await this.#options.runner.run(() => this.#processOne(topic, record), origin, {
        place,
        lost,
        stopping,
      });
      work.tracker.done(record.offset);
      this.#balance(work);
    });
  }

  #processOne(topic: Topic, record: RawRecord): Promise<Outcome> {
    const value = this.#options.codec.decode(topic, record.value);
    if (!(value instanceof Promise)) return this.#options.process(toInRecord(topic, record, value));
    return value.then((decoded) => this.#options.process(toInRecord(topic, record, decoded)));
  }

  /** Holds the source back, or lets it go on. */
  #balance(work: PartitionWork): void {
    const pause = shouldPause(work.paused, work.tracker);
    if (pause === work.paused || work.owned.signal.aborted || this.#stopping.signal.aborted) return;
    work.paused = pause;
    this.#options.source?.[pause ? 'pause' : 'resume']([work.at]);
  }

  #measure(): void {
    this.#options.metrics.setAll(
      'sync_queue_records',
      this.#assignment
        .all()
        .map(({ at, tracker }) => [{ topic: at.topic, partition: String(at.partition) }, tracker.unfinished]),
    );
  }

  /** Given-up work stays undone: its offset is not committed, whoever owns it next does it. */
  #failed(error: unknown): void {
    if (!(error instanceof GivenUp)) this.#options.onCrash(error);
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
