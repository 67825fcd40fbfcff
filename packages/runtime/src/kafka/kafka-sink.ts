/**
 * An idempotent producer on kafkajs. One request is in flight; what is sent meanwhile goes into the next one, so a burst costs
 * few requests and a single record none of waiting. Records of one partition keep the order in which they were sent.
 */
import { SyncError } from '@sync/core';
import { CompressionTypes, Partitioners, type Kafka, type Producer } from 'kafkajs';
import type { EncodedRecord, RecordSink } from '../ports.ts';
import { settle, takeBatch, toTopicMessages, type Call, type Item } from './send-batch.ts';

/** Longest a send may take before its caller is told, milliseconds. */
const DEADLINE_MS = 30_000;

export class KafkaSink implements RecordSink {
  readonly #kafka: Kafka;
  #producer: Promise<Producer> | null = null;
  /** The producer once it is connected. */
  #open: Producer | null = null;
  #waiting: Item[] = [];
  #busy = false;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  send(records: readonly EncodedRecord[]): Promise<readonly bigint[]> {
    if (records.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#overdue(call), DEADLINE_MS);
      const call: Call = {
        offsets: [],
        missing: records.length,
        resolve: (offsets) => (clearTimeout(timer), resolve(offsets)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      };
      this.#waiting.push(...records.map((record, index) => ({ record, call, index })));
      if (!this.#busy) void this.#pump();
    });
  }

  /** Connects, so that the first send need not. */
  async open(): Promise<void> {
    await this.#connected();
  }

  /** Does not wait for a connection that does not come about. */
  async close(): Promise<void> {
    this.#producer = null;
    await this.#open?.disconnect();
  }

  // Never rejects: every failure goes to the callers of its records.
  async #pump(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) await this.#sendBatch(takeBatch(this.#waiting));
    this.#busy = false;
  }

  async #sendBatch(items: readonly Item[]): Promise<void> {
    try {
      const producer = await this.#connected();
      const acknowledged = await producer.sendBatch({
        acks: -1,
        compression: CompressionTypes.None,
        topicMessages: toTopicMessages(items),
      });
      const bases = new Map(
        acknowledged.map((one) => [`${one.topicName}|${one.partition}`, BigInt(one.baseOffset ?? '-1')]),
      );
      settle(items, bases);
    } catch (cause) {
      await this.#renew();
      const error = new SyncError('KAFKA_UNAVAILABLE', 'sending: Kafka did not acknowledge', { cause });
      for (const { call } of items) call.reject(error);
    }
  }

  #connected(): Promise<Producer> {
    this.#producer ??= this.#connect();
    return this.#producer;
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, retries: 6, maxRetryTime: 2_000 },
    });
    await producer.connect();
    this.#open = producer;
    return producer;
  }

  /**
   * After a failure it is unknown whether the broker wrote the batch. Another batch under the same sequence number could pass
   * for its repetition and be dropped without a word, so a new producer with a new id takes over.
   */
  async #renew(): Promise<void> {
    const old = this.#producer;
    this.#producer = null;
    this.#open = null;
    try {
      await (await old)?.disconnect();
    } catch {
      // It failed already and was reported; nothing depends on how it ends.
    }
  }

  #overdue(call: Call): void {
    this.#waiting = this.#waiting.filter((item) => item.call !== call);
    call.reject(
      new SyncError('KAFKA_UNAVAILABLE', `sending: Kafka did not acknowledge within ${DEADLINE_MS} ms`),
    );
  }
}
