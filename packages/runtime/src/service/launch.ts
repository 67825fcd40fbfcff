/**
 * Builds a running service out of its definition and a broker: connects, checks, restores, then reads. `runService` gives it the
 * real parts, tests the ones in memory.
 */
import type { Topology } from '@sync/core';
import { Codec } from '../avro/codec.ts';
import type { TopicPartition } from '../ports.ts';
import { patiently } from '../processor/patience.ts';
import type { Processor } from '../processor/processor.ts';
import type { Follower } from '../store/follower.ts';
import { changelogsOf, makeFollower, makeProcessor, makeSender, topicsOf, type Stock } from './assembly.ts';
import { checkTopics } from './check-topics.ts';
import { contextOf, type Reach } from './context.ts';
import type { Service } from './contract.ts';
import { FollowedTopics } from './followed-topics.ts';
import type { Given, Parts, Running } from './parts.ts';
import { repeat, type Repeating } from './repeat.ts';
import type { Sender } from './sender.ts';
import { TimedWork } from './timed-work.ts';

export type { Parts, Running } from './parts.ts';

const COMMIT_EVERY_MS = 500;
const DRAIN_MS = 25_000;

/** Starts a service; resolves when it is restored and has joined its group. */
export async function launch<C>(
  topology: Topology,
  parts: Parts,
  given: Given<C>,
  onRunning: (running: Running) => void = () => undefined,
): Promise<Running> {
  const service = new Launched(topology, parts);
  onRunning(service);
  await service.start(given);
  return service;
}

class Launched implements Running {
  readonly #topology: Topology;
  readonly #parts: Parts;
  readonly #timed: TimedWork;
  readonly #ready: (() => void)[] = [];
  readonly #assigned: ((partitions: readonly number[]) => void)[] = [];
  #state: 'starting' | 'restoring' | 'running' | 'draining' = 'starting';
  #follower: Follower | null = null;
  #processor: Processor | null = null;
  #service: Service = {};
  #committing: Repeating | null = null;
  #closeSink: () => Promise<void> = () => Promise.resolve();

  constructor(topology: Topology, parts: Parts) {
    this.#topology = topology;
    this.#parts = parts;
    this.#timed = new TimedWork(parts);
  }

  notReady(): string | null {
    if (this.#state !== 'running') return this.#state;
    return this.#processor?.ready ? null : 'waiting for partitions';
  }

  async commit(): Promise<void> {
    await this.#processor?.commit();
  }

  async start<C>(given: Given<C>): Promise<void> {
    const { broker, patience } = this.#parts;
    const stock = await patiently(() => this.#stock(), patience);
    const sink = await patiently(() => broker.sink(), patience);
    this.#closeSink = () => sink.close();
    const sender = makeSender(stock, sink);
    this.#service = await given.build(contextOf(stock, given, this.#reach(sender)));
    const processor = makeProcessor(stock, sender, this.#service, {
      restore: (partitions) => this.#catchUp(partitions),
      onAssigned: (numbers) => this.#assigned.forEach((listener) => listener(numbers)),
    });
    this.#processor = processor;
    await this.#restore(stock);
    await patiently(() => processor.start(), patience);
    this.#begin();
  }

  /** Nothing new is read; what runs ends; then everything is closed, the youngest first. */
  async stop(): Promise<void> {
    const { drainMs = DRAIN_MS, cache, broker } = this.#parts;
    this.#state = 'draining';
    await Promise.all([this.#timed.stop(), this.#committing?.stop()]);
    await this.#processor?.stop(drainMs);
    await this.#service.close?.();
    await this.#follower?.stop();
    await this.#closeSink();
    await cache.close();
    await broker.close();
  }

  /** Checks what the service needs of the broker and of the registry. */
  async #stock(): Promise<Stock> {
    const { broker, schemas, log } = this.#parts;
    const topology = this.#topology;
    const topics = topicsOf(topology);
    const counts = await broker.partitionCounts(topics.map((topic) => topic.name));
    checkTopics(topics, counts);
    const codec = this.#parts.codec ?? new Codec(schemas);
    await codec.pin([...topology.writes, ...topology.keeps]);
    const followed = new FollowedTopics(topology, codec, log);
    return { topology, parts: this.#parts, codec, followed, counts };
  }

  async #restore(stock: Stock): Promise<void> {
    this.#state = 'restoring';
    const follower = makeFollower(stock);
    this.#follower = follower;
    await patiently(() => follower.start(), this.#parts.patience);
    for (const listener of this.#ready) listener();
  }

  /** Before a partition is processed, its part of every changelog must be known to the end of now. */
  async #catchUp(partitions: readonly TopicPartition[]): Promise<void> {
    const changelogs = changelogsOf(this.#topology.keeps, partitions);
    await patiently(async () => this.#follower?.catchUp(changelogs), this.#parts.patience);
  }

  #begin(): void {
    this.#state = 'running';
    const { onCrash } = this.#parts;
    this.#committing = repeat(COMMIT_EVERY_MS, () => this.commit(), { onWait: () => undefined, onCrash });
    this.#timed.begin();
  }

  #reach(sender: Sender): Reach {
    return {
      sender,
      timed: this.#timed,
      processor: () => this.#running(),
      onReady: (listener) => void this.#ready.push(listener),
      onAssigned: (listener) => void this.#assigned.push(listener),
    };
  }

  #running(): Processor {
    if (this.#processor === null)
      throw new Error(`service ${this.#topology.name}: not possible inside build(); use onAssigned or every`);
    return this.#processor;
  }
}
