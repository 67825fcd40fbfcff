/** The client of `client.ts` on a broker and a registry. */
import { allTopics, reactionTo, type OutRecord, type Topic, type ValueOf } from '@sync/core';
import { Codec } from '../avro/codec.ts';
import { registrySource, type SchemaSource } from '../avro/schema-source.ts';
import type { KafkaConnection } from '../kafka/client.ts';
import { KafkaBroker } from '../kafka/kafka-broker.ts';
import { createMetrics } from '../observe/metrics.ts';
import type {
  Broker,
  EncodedRecord,
  Position,
  RawRecord,
  RecordSink,
  RecordSource,
  TopicPartition,
} from '../ports.ts';
import { headerTexts } from '../processor/in-record.ts';
import { checkTopics } from '../service/check-topics.ts';
import { Sender } from '../service/sender.ts';
import { keyText } from '../store/followed-topic.ts';
import type { Client, GroupLag, ReadRecord } from './client.ts';
import { readToEnd, type From } from './reading.ts';

/** Hears of a record that is left out because nobody can decode it; `where` is topic/partition/offset. */
export type OnUnreadable = (where: string, reason: string) => void;

export interface ClientOptions extends KafkaConnection {
  readonly registryUrl: string;
  readonly clientId?: string;
  /** Without it a record that cannot be decoded ends the reading with its error. */
  readonly onUnreadable?: OnUnreadable;
}

/** Opens a client. */
export function openClient(options: ClientOptions): Promise<Client> {
  const broker = new KafkaBroker(options, options.clientId ?? 'sync-tool');
  return Promise.resolve(clientOn(broker, registrySource(options.registryUrl), options.onUnreadable));
}

/** A broker that also tells what groups have committed. */
export interface ToolBroker extends Broker {
  committed(group: string, topics: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
}

/** A client on any broker. */
export function clientOn(broker: ToolBroker, schemas: SchemaSource, onUnreadable?: OnUnreadable): Client {
  return new ToolClient(broker, new Codec(schemas), onUnreadable);
}

class ToolClient implements Client {
  readonly #broker: ToolBroker;
  readonly #codec: Codec;
  readonly #metrics = createMetrics('tool', false);
  readonly #open = new Set<RecordSource>();
  /** Partition counts of topics that were sent to. */
  readonly #counts = new Map<string, number>();
  readonly #onUnreadable: OnUnreadable | undefined;
  #sink: Promise<RecordSink> | null = null;

  constructor(broker: ToolBroker, codec: Codec, onUnreadable: OnUnreadable | undefined) {
    this.#broker = broker;
    this.#codec = codec;
    this.#onUnreadable = onUnreadable;
  }

  async send(records: readonly OutRecord[]): Promise<void> {
    const fresh = records.map((record) => record.topic).filter((topic) => !this.#counts.has(topic.name));
    if (fresh.length > 0) await this.#learn([...new Set(fresh)]);
    const sink = await (this.#sink ??= this.#broker.sink());
    const writes = records.map((record) => record.topic);
    const [codec, metrics, partitionCounts] = [this.#codec, this.#metrics, this.#counts];
    await new Sender({ sink, codec, metrics, partitionCounts, writes, stores: new Map() }).send(records);
  }

  /** Looks up what sending to a topic takes. */
  async #learn(topics: readonly Topic[]): Promise<void> {
    const counts = await this.#broker.partitionCounts(topics.map((topic) => topic.name));
    checkTopics(topics, counts);
    await this.#codec.pin(topics);
    for (const [name, count] of counts) this.#counts.set(name, count);
  }

  readRaw(topic: string, from?: From): Promise<RawRecord[]> {
    return readToEnd(this.#broker, topic, from, this.#open);
  }

  async sendRaw(records: readonly EncodedRecord[]): Promise<readonly bigint[]> {
    return (await (this.#sink ??= this.#broker.sink())).send(records);
  }

  async readAll<T extends Topic>(topic: T, key?: string): Promise<ReadRecord<ValueOf<T>>[]> {
    const found: ReadRecord<ValueOf<T>>[] = [];
    for (const record of await this.readRaw(topic.name)) {
      if (key !== undefined && keyText(record.key) !== key) continue;
      const read = await this.#readable(topic, record);
      if (read !== null) found.push(read);
    }
    return found;
  }

  async follow<T extends Topic>(
    topic: T,
    onRecord: (record: ReadRecord<ValueOf<T>>) => void,
    {
      fromBeginning = false,
      onError = rethrow,
    }: { readonly fromBeginning?: boolean; readonly onError?: (error: unknown) => void } = {},
  ): Promise<() => Promise<void>> {
    const bounds = await this.#broker.bounds(topic.name);
    const from = new Map(bounds.map((one) => [one.partition, fromBeginning ? one.start : one.end]));
    const source = this.#source(topic);
    await this.#run(
      source,
      topic,
      () => [...from].map(([partition, offset]) => ({ topic: topic.name, partition, offset })),
      onRecord,
      onError,
      (at, next) => from.set(at.partition, next),
    );
    return () => this.#stop(source);
  }

  async lag(group: string, topics: readonly Topic[] = allTopics()): Promise<readonly GroupLag[]> {
    const names = topics.map((topic) => topic.name);
    const committed = await this.#broker.committed(group, names);
    const perTopic = await Promise.all(
      names.map(async (topic) => [topic, await this.#broker.bounds(topic)] as const),
    );
    return perTopic.flatMap(([topic, bounds]) =>
      bounds.map(({ partition, start, end }) => {
        const at = committed.get(`${topic}|${partition}`) ?? start;
        return { topic, partition, committed: at, end, lag: end - at };
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((source) => this.#stop(source)));
    await (await this.#sink)?.close();
    await this.#broker.close();
  }

  #source(topic: Topic): RecordSource {
    const source = this.#broker.source({ group: null, topics: [topic.name] });
    this.#open.add(source);
    return source;
  }

  async #stop(source: RecordSource): Promise<void> {
    this.#open.delete(source);
    await source.stop();
  }

  /** Reads, decodes in order, and tells where it got to. */
  async #run<T extends Topic>(
    source: RecordSource,
    topic: T,
    positions: () => Position[],
    onRecord: (record: ReadRecord<ValueOf<T>>) => void,
    onError: (error: unknown) => void,
    onNext: (at: TopicPartition, next: bigint) => void,
  ): Promise<void> {
    let tail = Promise.resolve();
    await source.start({
      onAssigned: positions,
      onRecords: (at, records, next) => {
        tail = tail.then(() => this.#hand(topic, records, onRecord)).then(() => onNext(at, next), onError);
      },
      onRebalancing: () => undefined,
      onAlive: () => undefined,
      onCrash: onError,
    });
  }

  async #hand<T extends Topic>(
    topic: T,
    records: readonly RawRecord[],
    onRecord: (record: ReadRecord<ValueOf<T>>) => void,
  ): Promise<void> {
    for (const record of records) {
      const read = await this.#readable(topic, record);
      if (read !== null) onRecord(read);
    }
  }

  /** Null for a record that nobody can decode, when somebody hears of it. */
  async #readable<T extends Topic>(topic: T, record: RawRecord): Promise<ReadRecord<ValueOf<T>> | null> {
    try {
      return await this.#read(topic, record);
    } catch (error) {
      if (this.#onUnreadable === undefined || reactionTo(error) !== 'deadLetter') throw error;
      const where = `${topic.name}/${record.partition}/${record.offset}`;
      this.#onUnreadable(where, error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  async #read<T extends Topic>(topic: T, record: RawRecord): Promise<ReadRecord<ValueOf<T>>> {
    const { key, value, partition, offset, timestamp, headers } = record;
    // Decoded by this topic's own schema.
    const decoded = (await this.#codec.decode(topic, value)) as ValueOf<T> | null;
    return { key: keyText(key), value: decoded, partition, offset, timestamp, headers: headerTexts(headers) };
  }
}

/** Nobody listens: let the process know. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
