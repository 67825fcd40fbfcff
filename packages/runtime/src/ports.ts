/**
 * What the runtime needs of a broker, and all of it. `kafka/` implements it with kafkajs, `memory/` in the process; nothing else
 * knows which one it talks to.
 */

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A position in a partition: the offset of the next record. */
export interface Position extends TopicPartition {
  readonly offset: bigint;
}

export type RawHeaders = Readonly<Record<string, Buffer>>;

/** A record as it lies in the log. */
export interface RawRecord extends TopicPartition {
  readonly offset: bigint;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
}

/** A record ready for the wire; the partition is decided. */
export interface EncodedRecord extends TopicPartition {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
}

/** What a source tells; none of the calls may block. */
export interface SourceListener {
  /** Takes over records of one partition, in order; `next` is the position after them and after what compaction left out. */
  onRecords(at: TopicPartition, records: readonly RawRecord[], next: bigint): void;
  /**
   * A new assignment, of which nothing is paused; `sameMember` says that no other instance can have had our partitions in between.
   * Returns the positions to read on from, where they differ from the committed ones.
   */
  onAssigned(partitions: readonly TopicPartition[], sameMember: boolean): readonly Position[];
  /** The assignment is about to change. */
  onRebalancing(): void;
  /** The loop is alive: it fetched or beat its heart. */
  onAlive(): void;
  /** The source has died and will not come back. */
  onCrash(error: unknown): void;
}

/** Reads topics as a member of a group. */
export interface RecordSource {
  start(listener: SourceListener): Promise<void>;
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** Commits positions; rejects when the assignment has changed in between. */
  commit(positions: readonly Position[]): Promise<void>;
  /** Leaves the group. */
  stop(): Promise<void>;
}

/** Writes records; resolves with their offsets, in the order given, when all replicas have acknowledged. */
export interface RecordSink {
  /** Throws SyncError KAFKA_UNAVAILABLE when the broker does not acknowledge in time. */
  send(records: readonly EncodedRecord[]): Promise<readonly bigint[]>;
  close(): Promise<void>;
}

/** First and next offset of a partition. */
export interface Bounds {
  readonly partition: number;
  readonly start: bigint;
  readonly end: bigint;
}

/** A broker. */
export interface Broker {
  /** `group: null` reads all partitions alone, from the positions given at assignment or else from the beginning. */
  source(options: {
    readonly group: string | null;
    readonly topics: readonly string[];
    readonly fromBeginning?: boolean;
  }): RecordSource;
  sink(): Promise<RecordSink>;
  /** Partition count per topic; topics that do not exist are left out. */
  partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>>;
  bounds(topic: string): Promise<readonly Bounds[]>;
  /** Stable name of the cluster. */
  clusterId(): Promise<string>;
  close(): Promise<void>;
}
