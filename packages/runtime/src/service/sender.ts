/** Sends records: encodes, finds the partition, waits for the acknowledgement, and puts changelog records into their stores. */
import { SyncError, type OutRecord, type Topic } from '@sync/core';
import type { Codec } from '../avro/codec.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';
import { partitionOf } from '../partition/murmur2.ts';
import type { EncodedRecord, RecordSink } from '../ports.ts';

/** Brokers take 1 MiB by default; some of it is overhead. */
const MOST_BYTES = 900_000;

/** Takes an acknowledged send of our own; null forgets the key. */
export interface Kept {
  put(key: string, value: unknown, offset: bigint): void;
}

export interface SenderOptions {
  readonly sink: RecordSink;
  readonly codec: Codec;
  readonly metrics: Metrics<RuntimeMetrics>;
  /** Partition count of every topic that may be sent to. */
  readonly partitionCounts: ReadonlyMap<string, number>;
  /** Topics that may be sent to. */
  readonly writes: readonly Topic[];
  /** Where records of the changelog topics are kept. */
  readonly stores: ReadonlyMap<string, Kept>;
}

export class Sender {
  readonly #options: SenderOptions;
  readonly #allowed: ReadonlySet<string>;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#allowed = new Set(options.writes.map((topic) => topic.name));
  }

  /** Resolves when all replicas have acknowledged. Throws KAFKA_UNAVAILABLE, and RECORD_UNREADABLE for a record that is too large. */
  async send(records: readonly OutRecord[]): Promise<void> {
    const encoded = records.map((record) => this.#encode(record));
    const offsets = await this.sendRaw(encoded);
    records.forEach((record, index) => {
      const store = this.#options.stores.get(record.topic.name);
      store?.put(record.key, record.value, offsets[index] ?? -1n);
    });
  }

  /** Sends bytes as they are. */
  async sendRaw(records: readonly EncodedRecord[]): Promise<readonly bigint[]> {
    const { sink, metrics } = this.#options;
    const start = performance.now();
    const offsets = await sink.send(records);
    metrics.observe('sync_send_seconds', {}, (performance.now() - start) / 1000);
    for (const record of records) metrics.count('sync_sent_total', { topic: record.topic });
    return offsets;
  }

  #encode({ topic, key, value, partitionKey, headers = {} }: OutRecord): EncodedRecord {
    if (!this.#allowed.has(topic.name))
      throw new Error(`sending: ${topic.name} is not declared in the topology's writes or keeps`);
    const bytes = this.#options.codec.encode(topic, value);
    if ((bytes?.length ?? 0) > MOST_BYTES) throw tooLarge(topic, bytes?.length ?? 0);
    return {
      topic: topic.name,
      partition: partitionOf(partitionKey, this.#options.partitionCounts.get(topic.name) ?? 1),
      key: Buffer.from(key),
      value: bytes,
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
    };
  }
}

function tooLarge(topic: Topic, bytes: number): SyncError {
  return new SyncError(
    'RECORD_UNREADABLE',
    `sending: a record for ${topic.name} has ${bytes} bytes; at most ${MOST_BYTES} can be sent`,
  );
}
