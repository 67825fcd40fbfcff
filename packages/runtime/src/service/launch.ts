/**
 * Builds a running service out of its definition and a broker: connects, checks, restores, then reads. `runService` gives it the
 * real parts, tests the ones in memory.
 */
import { deadLetterTopic, type OutRecord, type Outcome, type Topic, type Topology } from '@sync/core';
import type { Express } from 'express';
import { Codec } from '../avro/codec.ts';
import type { SchemaSource } from '../avro/schema-source.ts';
import type { Logger } from '../observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';
import type { Broker } from '../ports.ts';
import { OutcomeRunner } from '../processor/outcome-runner.ts';
import { patiently, type Patience } from '../processor/patience.ts';
import { Processor } from '../processor/processor.ts';
import type { Cache } from '../store/cache.ts';
import { FollowedTopic } from '../store/followed-topic.ts';
import { Follower } from '../store/follower.ts';
import { checkTopics } from './check-topics.ts';
import type { Service, ServiceContext, Store, Table } from './contract.ts';
import { ownsKey } from './ownership.ts';
import { repeat, type Repeating } from './repeat.ts';
import { Sender } from './sender.ts';

const COMMIT_EVERY_MS = 500;
const DRAIN_MS = 25_000;
const MOST_IN_FLIGHT = 64;
const DEAD_LETTERS_IN_A_ROW = 100;

export interface Parts {
  readonly broker: Broker;
  readonly schemas: SchemaSource;
  readonly cache: Cache;
  readonly log: Logger;
  readonly metrics: Metrics<RuntimeMetrics>;
  readonly patience: Patience;
  readonly deadLetterLimit?: number;
  now(): number;
  random(): number;
  /** The loops are alive. */
  onAlive(): void;
  /** The end: log and exit. */
  onCrash(error: unknown): void;
}

export interface Running {
  /** Why it is not ready; null when it is. */
  notReady(): string | null;
  /** Commits what is done. */
  commit(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a service; resolves when it is restored and has joined its group. */
export async function launch<C>(
  topology: Topology,
  parts: Parts,
  given: {
    readonly config: C;
    readonly http: Express;
    build(context: ServiceContext<C>): Service | Promise<Service>;
  },
  onRunning: (running: Running) => void = () => undefined,
): Promise<Running> {
  const service = new Launched(topology, parts);
  onRunning(service);
  await service.start(given);
  return service;
}

type Given<C> = {
  readonly config: C;
  readonly http: Express;
  build(context: ServiceContext<C>): Service | Promise<Service>;
};

class Launched implements Running {
  readonly #topology: Topology;
  readonly #parts: Parts;
  readonly #codec: Codec;
  readonly #followed: ReadonlyMap<string, FollowedTopic>;
  readonly #assignedListeners: ((partitions: readonly number[]) => void)[] = [];
  readonly #repeating: Repeating[] = [];
  /** Repeated work that was asked for before the service was ready. */
  #untilReady: (() => void)[] | null = [];
  #state: 'starting' | 'restoring' | 'running' | 'draining' = 'starting';
  #follower: Follower | null = null;
  #processor: Processor | null = null;
  #service: Service = {};
  #counts: ReadonlyMap<string, number> = new Map();
  #closeSink: () => Promise<void> = () => Promise.resolve();

  constructor(topology: Topology, parts: Parts) {
    this.#topology = topology;
    this.#parts = parts;
    this.#codec = new Codec(parts.schemas);
    const followed = [...topology.tables, ...topology.keeps].map(
      (topic) => [topic.name, new FollowedTopic(topic, this.#codec, parts.log)] as const,
    );
    this.#followed = new Map(followed);
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
    await patiently(() => this.#check(), patience);
    const sink = await patiently(() => broker.sink(), patience);
    this.#closeSink = () => sink.close();
    const sender = this.#sender(sink);
    this.#service = await given.build(this.#context(given, sender));
    this.#processor = this.#makeProcessor(sender);
    this.#state = 'restoring';
    const follower = this.#makeFollower();
    this.#follower = follower;
    await patiently(() => follower.start(), patience);
    const processor = this.#processor;
    await patiently(() => processor.start(), patience);
    this.#begin();
  }

  /** Nothing new is read; what runs ends; then everything is closed, the youngest first. */
  async stop(): Promise<void> {
    this.#state = 'draining';
    await Promise.all(this.#repeating.map((one) => one.stop()));
    await this.#processor?.stop(DRAIN_MS);
    await this.#service.close?.();
    await this.#follower?.stop();
    await this.#closeSink();
    await this.#parts.cache.close();
    await this.#parts.broker.close();
  }

  async #check(): Promise<void> {
    const { reads, tables, keeps, writes } = this.#topology;
    const topics = [...reads, ...tables, ...keeps, ...writes, ...this.#deadLetters()];
    this.#counts = await this.#parts.broker.partitionCounts(topics.map((topic) => topic.name));
    checkTopics(topics, this.#counts);
    await this.#codec.pin([...writes, ...keeps]);
  }

  #deadLetters(): Topic[] {
    return this.#topology.reads.length > 0 ? [deadLetterTopic(this.#topology.name)] : [];
  }

  #sender(sink: Awaited<ReturnType<Broker['sink']>>): Sender {
    const { writes, keeps } = this.#topology;
    const stores = new Map(keeps.map((topic) => [topic.name, this.#followedTopic(topic).values]));
    const { metrics } = this.#parts;
    return new Sender({
      sink,
      codec: this.#codec,
      metrics,
      partitionCounts: this.#counts,
      writes: [...writes, ...keeps],
      stores,
    });
  }

  #makeFollower(): Follower {
    const { broker, cache, patience, log, now, onAlive, onCrash } = this.#parts;
    return new Follower({
      broker,
      topics: [...this.#followed.values()],
      cache,
      patience,
      log,
      now,
      onAlive,
      onCrash,
    });
  }

  #makeProcessor(sender: Sender): Processor {
    const {
      broker,
      log,
      metrics,
      now,
      random,
      onAlive,
      onCrash,
      deadLetterLimit = DEAD_LETTERS_IN_A_ROW,
    } = this.#parts;
    const { name, reads } = this.#topology;
    const runner = new OutcomeRunner({
      service: name,
      deadLetterTopic: deadLetterTopic(name).name,
      deadLetterLimit,
      log,
      metrics,
      send: (records) => sender.send(records),
      sendRaw: async (records) => {
        await sender.sendRaw(records);
      },
      now,
      random,
    });
    return new Processor({
      source:
        reads.length === 0
          ? null
          : broker.source({ group: `sync.${name}`, topics: reads.map((topic) => topic.name) }),
      topics: reads,
      codec: this.#codec,
      runner,
      maxInFlight: this.#service.maxInFlight ?? MOST_IN_FLIGHT,
      log,
      metrics,
      process: (record) => this.#process(record),
      restore: (partitions) => this.#catchUp(partitions.map((at) => at.partition)),
      onAssigned: (numbers) => this.#tellAssigned(numbers),
      onAlive,
      onCrash,
      now,
    });
  }

  #process(record: Parameters<NonNullable<Service['process']>>[0]): Promise<Outcome> {
    if (this.#service.process === undefined)
      throw new Error(`service ${this.#topology.name} reads topics but has no process()`);
    return this.#service.process(record);
  }

  /** Before a partition is processed, its part of every changelog must be known to the end of now. */
  async #catchUp(numbers: readonly number[]): Promise<void> {
    const all = this.#topology.keeps.flatMap(({ name, family }) =>
      family === 'single'
        ? [{ topic: name, partition: 0 }]
        : [...new Set(numbers)].map((partition) => ({ topic: name, partition })),
    );
    await patiently(async () => this.#follower?.catchUp(all), this.#parts.patience);
  }

  #tellAssigned(numbers: readonly number[]): void {
    for (const listener of this.#assignedListeners) listener(numbers);
  }

  #begin(): void {
    this.#state = 'running';
    this.#repeating.push(
      repeat(COMMIT_EVERY_MS, () => this.commit(), {
        onWait: () => undefined,
        onCrash: this.#parts.onCrash,
      }),
    );
    for (const start of this.#untilReady?.splice(0) ?? []) start();
    this.#untilReady = null;
  }

  #context<C>(given: Given<C>, sender: Sender): ServiceContext<C> {
    const { log, metrics, now } = this.#parts;
    return {
      config: given.config as ServiceContext<C>['config'],
      log,
      metrics,
      http: given.http,
      now,
      send: (records: readonly OutRecord[]) => sender.send(records),
      table: (topic) => this.#view(topic, this.#topology.tables, 'tables'),
      store: (topic) => this.#view(topic, this.#topology.keeps, 'keeps'),
      enqueue: (key, run) => this.#running().enqueue(key, run),
      owns: (topic, key) => ownsKey(topic, key, this.#topology.reads, this.#counts, this.#running()),
      onAssigned: (listener) => void this.#assignedListeners.push(listener),
      every: (ms, name, work) => this.#every(ms, name, work),
    };
  }

  #running(): Processor {
    if (this.#processor === null)
      throw new Error(`service ${this.#topology.name}: not possible inside build(); use onAssigned or every`);
    return this.#processor;
  }

  #every(ms: number, name: string, work: () => Promise<void>): void {
    const { log, metrics, onCrash } = this.#parts;
    const start = (): void => {
      const once = repeat(ms, work, {
        onWait: (error) => {
          metrics.count('sync_tick_failures_total', { name, code: error.code });
          log.warn({ name, code: error.code, err: error }, 'timed work waits for its next tick');
        },
        onCrash,
      });
      this.#repeating.push(once);
    };
    if (this.#untilReady === null) start();
    else this.#untilReady.push(start);
  }

  #followedTopic(topic: Topic): FollowedTopic {
    const followed = this.#followed.get(topic.name);
    if (followed === undefined)
      throw new Error(`service ${this.#topology.name}: ${topic.name} is not declared in its topology`);
    return followed;
  }

  /** The values are decoded by the topic's own schema, so they have its type. */
  #view<V>(topic: Topic, declared: readonly Topic[], where: string): Table<V> & Store<V> {
    if (!declared.some((one) => one.name === topic.name))
      throw new Error(`service ${this.#topology.name}: ${topic.name} is not declared in topology.${where}`);
    return this.#followedTopic(topic).values as unknown as Table<V> & Store<V>;
  }
}
