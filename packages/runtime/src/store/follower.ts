/**
 * Follows whole topics: the tables that a service looks things up in, and the changelogs of its own state. Every instance reads
 * all partitions, so each is a warm standby for the others. What was read before comes from the local cache; then the topics are
 * read to their end, and on from there.
 */
import { SyncError } from '@sync/core';
import type { Logger } from '../observe/log.ts';
import type { Bounds, Broker, Position, RawRecord, RecordSource, TopicPartition } from '../ports.ts';
import type { Patience } from '../processor/patience.ts';
import { GivenUp, patiently } from '../processor/patience.ts';
import { usable, type Cache } from './cache.ts';
import { CacheWriter } from './cache-writer.ts';
import { keyText, type FollowedTopic } from './followed-topic.ts';
import { Positions, nameOf } from './positions.ts';

export interface FollowerOptions {
  readonly broker: Broker;
  readonly topics: readonly FollowedTopic[];
  readonly cache: Cache;
  readonly patience: Patience;
  readonly log: Logger;
  now(): number;
  onAlive(): void;
  onCrash(error: unknown): void;
}

export class Follower {
  readonly #options: FollowerOptions;
  readonly #topics: ReadonlyMap<string, FollowedTopic>;
  readonly #writer: CacheWriter;
  /** Read from the broker. */
  readonly #received = new Positions();
  /** Applied to the values. */
  readonly #applied = new Positions();
  #source: RecordSource | null = null;
  /** Batches are applied one after the other, whatever each has to wait for. */
  #tail: Promise<void> = Promise.resolve();
  #broken = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#topics = new Map(options.topics.map((one) => [one.topic.name, one]));
    this.#writer = new CacheWriter(options.cache, (error) => this.#cacheFailed(error));
  }

  /** Resolves when everything that is in the topics now is known. */
  async start(): Promise<void> {
    if (this.#topics.size === 0) return;
    const { broker, cache } = this.#options;
    cache.bind(await broker.clusterId());
    const bounds = new Map<string, readonly Bounds[]>();
    for (const name of this.#topics.keys()) bounds.set(name, await broker.bounds(name));
    for (const [topic, all] of bounds) for (const one of all) await this.#load(topic, one);
    this.#source = broker.source({ group: null, topics: [...this.#topics.keys()] });
    await this.#source.start(this.#listener());
    await this.#applied.reach(
      [...bounds].flatMap(([topic, all]) =>
        all.map((one) => ({ topic, partition: one.partition, offset: one.end })),
      ),
    );
  }

  /** Resolves when these partitions are known up to their present end; topics that are not followed are left out. */
  async catchUp(partitions: readonly TopicPartition[]): Promise<void> {
    const goals: Position[] = [];
    for (const topic of new Set(partitions.map((one) => one.topic)))
      if (this.#topics.has(topic)) goals.push(...(await this.#ends(topic, partitions)));
    await this.#applied.reach(goals);
  }

  async stop(): Promise<void> {
    await this.#source?.stop();
    await this.#tail;
    await this.#writer.flush();
  }

  /** Another process on our folder is a mistake to be told; a full disk only costs a longer restore. */
  #cacheFailed(error: unknown): void {
    if (error instanceof SyncError) this.#options.onCrash(error);
    else this.#options.log.error({ err: error }, 'local cache not written any more until the next start');
  }

  async #ends(topic: string, partitions: readonly TopicPartition[]): Promise<Position[]> {
    const bounds = await this.#options.broker.bounds(topic);
    return bounds
      .filter((bound) => partitions.some((one) => one.topic === topic && one.partition === bound.partition))
      .map((bound) => ({ topic, partition: bound.partition, offset: bound.end }));
  }

  /** Fills a partition from the cache, or wipes it there when it cannot be trusted. */
  async #load(topic: string, bounds: Bounds): Promise<void> {
    const at = { topic, partition: bounds.partition };
    const { cache, now, log } = this.#options;
    const checkpoint = cache.checkpoint(at);
    if (checkpoint === undefined || !usable(checkpoint, bounds, now())) {
      if (checkpoint !== undefined) log.info({ ...at }, 'local cache wiped: it does not fit the topic');
      cache.wipe(at);
      this.#move(at, bounds.start);
      return;
    }
    for (const record of cache.load(at)) await this.#apply({ ...record, key: Buffer.from(record.key) });
    this.#move(at, checkpoint.next);
  }

  #move(at: TopicPartition, next: bigint): void {
    this.#received.set(at, next);
    this.#applied.set(at, next);
  }

  #listener(): Parameters<RecordSource['start']>[0] {
    return {
      onAssigned: (partitions) => this.#resumeAt(partitions),
      onRecords: (at, records, next) => this.#receive(at, records, next),
      onRebalancing: () => undefined,
      onAlive: () => this.#options.onAlive(),
      onCrash: (error) => this.#options.onCrash(error),
    };
  }

  #resumeAt(partitions: readonly TopicPartition[]): Position[] {
    return partitions.flatMap((at) => {
      const offset = this.#received.get(at);
      return offset === undefined ? [] : [{ ...at, offset }];
    });
  }

  #receive(at: TopicPartition, records: readonly RawRecord[], next: bigint): void {
    const known = this.#received.get(at) ?? 0n;
    if (next <= known) return;
    this.#received.set(at, next);
    const fresh = records.filter((record) => record.offset >= known);
    this.#tail = this.#tail
      .then(() => this.#takeOver(at, fresh, next))
      .catch((error: unknown) => this.#failed(error));
  }

  /** What a stop gave up is read again by whoever comes next; nothing after it may count as read. */
  #failed(error: unknown): void {
    this.#broken = true;
    if (!(error instanceof GivenUp)) this.#options.onCrash(error);
  }

  async #takeOver(at: TopicPartition, records: readonly RawRecord[], next: bigint): Promise<void> {
    if (this.#broken) return;
    const changed: RawRecord[] = [];
    for (const record of records) {
      const applied = this.#apply(record);
      if (applied === true || (applied !== false && (await applied))) changed.push(record);
    }
    this.#applied.set(at, next);
    this.#writer.add({
      topic: at.topic,
      partition: at.partition,
      next,
      savedAt: this.#options.now(),
      records: changed.map(({ key, value, offset }) => ({ key: keyText(key), value, offset })),
    });
  }

  #apply(
    record: Pick<RawRecord, 'topic' | 'partition' | 'offset' | 'key' | 'value'>,
  ): boolean | Promise<boolean> {
    const followed = this.#topics.get(record.topic);
    if (followed === undefined) throw new Error(`following: ${nameOf(record)} was never asked for`);
    try {
      const applied = followed.apply(record);
      return applied instanceof Promise ? applied.catch(() => this.#again(followed, record)) : applied;
    } catch {
      return this.#again(followed, record);
    }
  }

  /** The registry is down: the topic waits for it. What fails for another reason fails here again, and is thrown. */
  async #again(followed: FollowedTopic, record: Parameters<FollowedTopic['apply']>[0]): Promise<boolean> {
    return patiently(async () => followed.apply(record), this.#options.patience);
  }
}
