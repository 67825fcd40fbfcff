/**
 * A group member on kafkajs. kafkajs fetches nothing more from a broker while a batch is being handled, so a batch is only
 * handed over and the call returns; the listener works on its own and holds us back with `pause`.
 */
import type {
  Batch,
  Consumer,
  ConsumerCrashEvent,
  ConsumerGroupJoinEvent,
  Kafka,
  KafkaMessage,
} from 'kafkajs';
import { coPartitionAssigner } from './co-partition-assigner.ts';
import { available } from './client.ts';
import { Memberships } from './memberships.ts';
import type { Position, RawRecord, RecordSource, SourceListener, TopicPartition } from '../ports.ts';
import { nameOf } from '../store/positions.ts';

export interface KafkaSourceOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Where to begin without a committed position. */
  readonly fromBeginning: boolean;
  /** Longest a fetch waits for records, milliseconds: also the delay of a resume and of a commit behind it. */
  readonly maxWaitMs: number;
  /** A member is taken for dead after this long without a heartbeat, milliseconds. */
  readonly sessionTimeoutMs: number;
}

/** A rebalance waits until every member has heard of it with a heartbeat. */
const HEARTBEAT_MS = 1_000;

export class KafkaSource implements RecordSource {
  readonly #consumer: Consumer;
  readonly #options: KafkaSourceOptions;
  #memberId: string | null = null;
  /** Our partitions, by `topic|partition`. */
  #owned: ReadonlySet<string> = new Set();
  readonly #memberships = new Memberships();

  constructor(kafka: Kafka, options: KafkaSourceOptions) {
    this.#options = options;
    this.#consumer = kafka.consumer({
      groupId: options.group,
      partitionAssigners: [coPartitionAssigner],
      sessionTimeout: options.sessionTimeoutMs,
      rebalanceTimeout: 120_000,
      // Two heartbeats may be lost before the third of a session.
      heartbeatInterval: Math.min(HEARTBEAT_MS, Math.floor(options.sessionTimeoutMs / 3)),
      metadataMaxAge: 60_000,
      minBytes: 1,
      maxBytesPerPartition: 262_144,
      maxBytes: 4 * 1024 * 1024,
      maxWaitTimeInMs: options.maxWaitMs,
      allowAutoTopicCreation: false,
      retry: {
        initialRetryTime: 300,
        retries: 10,
        maxRetryTime: 30_000,
        restartOnFailure: () => Promise.resolve(true),
      },
    });
  }

  async start(listener: SourceListener): Promise<void> {
    await available(this.#consumer.connect());
    const { topics, fromBeginning } = this.#options;
    await available(this.#consumer.subscribe({ topics: [...topics], fromBeginning }));
    this.#listen(listener);
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        this.#take(batch, listener);
        return Promise.resolve();
      },
    });
  }

  pause(partitions: readonly TopicPartition[]): void {
    this.#consumer.pause(partitions.map(toPartitions));
  }

  resume(partitions: readonly TopicPartition[]): void {
    this.#consumer.resume(partitions.map(toPartitions));
  }

  /** A broker checks the generation of a commit, not whose the partition is: a late one would move the new owner's position. */
  async commit(positions: readonly Position[]): Promise<void> {
    const foreign = positions.find((position) => !this.#owned.has(nameOf(position)));
    if (foreign !== undefined) throw new Error(`committing: ${nameOf(foreign)} is not ours`);
    await this.#consumer.commitOffsets(
      positions.map((position) => ({ ...position, offset: position.offset.toString() })),
    );
    this.#memberships.commit(positions);
  }

  async stop(): Promise<void> {
    await this.#consumer.disconnect();
  }

  #take(batch: Batch, listener: SourceListener): void {
    const [next, place] = [BigInt(batch.lastOffset()) + 1n, at(batch)];
    const instead = this.#memberships.take(place, fetchedFrom(batch), next);
    if (instead !== null) return this.#consumer.seek({ ...place, offset: instead.toString() });
    listener.onRecords(
      place,
      batch.messages.map((message) => toRecord(batch, message)),
      next,
    );
  }

  #listen(listener: SourceListener): void {
    const { events } = this.#consumer;
    this.#consumer.on(events.GROUP_JOIN, (event) => this.#joined(event, listener));
    this.#consumer.on(events.REBALANCING, () => listener.onRebalancing());
    this.#consumer.on(events.FETCH, () => listener.onAlive());
    this.#consumer.on(events.HEARTBEAT, () => listener.onAlive());
    this.#consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
      // A batch of compacted or control records is never handed to eachBatch; its end still counts.
      if (payload.batchSize === 0) listener.onRecords(payload, [], BigInt(payload.lastOffset) + 1n);
    });
    this.#consumer.on(events.CRASH, (event) => reportCrash(event, listener));
  }

  /**
   * kafkajs calls this before the first fetch of the new assignment, so the seeks come in time. It keeps the pauses of all that was
   * ever ours: a partition that comes back, or comes to us under a new member id, would never be read again.
   */
  #joined({ payload }: ConsumerGroupJoinEvent, listener: SourceListener): void {
    const sameMember = this.#memberId === payload.memberId;
    this.#memberId = payload.memberId;
    const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, numbers]) =>
      numbers.map((partition) => ({ topic, partition })),
    );
    this.#owned = new Set(partitions.map(nameOf));
    this.#memberships.join(partitions, sameMember);
    this.resume(partitions);
    for (const position of listener.onAssigned(partitions, sameMember)) {
      this.#memberships.seek(position);
      this.#consumer.seek({ ...position, offset: position.offset.toString() });
    }
  }
}

/** kafkajs restarts by itself after everything it thinks may heal; the rest is the end of it. */
function reportCrash({ payload }: ConsumerCrashEvent, listener: SourceListener): void {
  if (!payload.restart) listener.onCrash(payload.error);
}

/** Its first record may lie further on. The library has the position, and does not tell of it in its types. */
function fetchedFrom(batch: Batch): bigint {
  return BigInt((batch as Batch & { readonly fetchedOffset: string }).fetchedOffset);
}

function at(batch: Batch): TopicPartition {
  return { topic: batch.topic, partition: batch.partition };
}

function toRecord(batch: Batch, message: KafkaMessage): RawRecord {
  return {
    topic: batch.topic,
    partition: batch.partition,
    offset: BigInt(message.offset),
    timestamp: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: toHeaders(message.headers),
  };
}

/** kafkajs gives an array where a name occurs more than once; the last one stands. */
function toHeaders(headers: KafkaMessage['headers']): Record<string, Buffer> {
  const entries = Object.entries(headers ?? {}).map(
    ([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value] as const,
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, Buffer.from(value ?? '')]));
}

function toPartitions({ topic, partition }: TopicPartition): { topic: string; partitions: number[] } {
  return { topic, partitions: [partition] };
}
