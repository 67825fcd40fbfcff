/** The broker port on kafkajs. */
import { randomUUID } from 'node:crypto';
import type { Admin, Kafka } from 'kafkajs';
import type { Logger } from '../observe/log.ts';
import type { Bounds, Broker, RecordSink, RecordSource } from '../ports.ts';
import { SESSION_TIMEOUT_MS, available, createKafka, type KafkaConnection } from './client.ts';
import { KafkaSink } from './kafka-sink.ts';
import { KafkaSource } from './kafka-source.ts';

/** Fetches of a group wait this long for records, milliseconds; they are answered at once when a record comes. */
const GROUP_WAIT_MS = 100;
/** Followers hold nothing up, so they may ask less often still. */
const FOLLOWER_WAIT_MS = 250;

export class KafkaBroker implements Broker {
  readonly #kafka: Kafka;
  readonly #clientId: string;
  readonly #sessionTimeoutMs: number;
  #admin: Promise<Admin> | null = null;
  /** The admin client once it is connected. */
  #open: Admin | null = null;

  constructor(connection: KafkaConnection, clientId: string, log?: Logger) {
    this.#kafka = createKafka(connection, clientId, log);
    this.#clientId = clientId;
    this.#sessionTimeoutMs = connection.sessionTimeoutMs ?? SESSION_TIMEOUT_MS;
  }

  source(options: {
    readonly group: string | null;
    readonly topics: readonly string[];
    readonly fromBeginning?: boolean;
  }): RecordSource {
    const { topics, fromBeginning = true } = options;
    // kafkajs cannot be assigned partitions; a group of one's own comes to the same. Without commits it vanishes by itself.
    const group = options.group ?? `${this.#clientId}.follower.${randomUUID()}`;
    return new KafkaSource(this.#kafka, {
      group,
      topics,
      fromBeginning,
      maxWaitMs: options.group === null ? FOLLOWER_WAIT_MS : GROUP_WAIT_MS,
      sessionTimeoutMs: this.#sessionTimeoutMs,
    });
  }

  async sink(): Promise<RecordSink> {
    const sink = new KafkaSink(this.#kafka);
    await available(sink.open());
    return sink;
  }

  async partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const admin = await this.#connected();
    const existing = new Set(await available(admin.listTopics()));
    const wanted = topics.filter((topic) => existing.has(topic));
    if (wanted.length === 0) return new Map();
    const metadata = await available(admin.fetchTopicMetadata({ topics: wanted }));
    return new Map(metadata.topics.map((topic) => [topic.name, topic.partitions.length]));
  }

  async bounds(topic: string): Promise<readonly Bounds[]> {
    const admin = await this.#connected();
    const offsets = await available(admin.fetchTopicOffsets(topic));
    return offsets.map((one) => ({
      partition: one.partition,
      start: BigInt(one.low),
      end: BigInt(one.high),
    }));
  }

  /** Committed positions of a group; partitions without one are left out. */
  async committed(group: string, topics: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    const admin = await this.#connected();
    const found = await available(admin.fetchOffsets({ groupId: group, topics: [...topics] }));
    const entries = found.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}|${partition}`, BigInt(offset)] as const),
    );
    return new Map(entries.filter(([, offset]) => offset >= 0n));
  }

  async clusterId(): Promise<string> {
    const admin = await this.#connected();
    return (await available(admin.describeCluster())).clusterId;
  }

  /** Does not wait for a connection that does not come about. */
  async close(): Promise<void> {
    this.#admin = null;
    await this.#open?.disconnect();
  }

  #connected(): Promise<Admin> {
    this.#admin ??= this.#connect();
    return this.#admin;
  }

  async #connect(): Promise<Admin> {
    const admin = this.#kafka.admin({ retry: { initialRetryTime: 200, retries: 3 } });
    try {
      await available(admin.connect());
      this.#open = admin;
      return admin;
    } catch (error) {
      this.#admin = null;
      throw error;
    }
  }
}
