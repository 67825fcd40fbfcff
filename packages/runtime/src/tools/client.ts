/** A plain client for tools, tests and the live view: send, read, follow, look at lag. */
import type { OutRecord, Topic, ValueOf } from '@sync/core';
import type { EncodedRecord, RawRecord } from '../ports.ts';
import type { From } from './reading.ts';

export interface ReadRecord<V> {
  readonly key: string;
  /** Decoded; null for a tombstone. */
  readonly value: V | null;
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface GroupLag {
  readonly topic: string;
  readonly partition: number;
  /** Next offset to be processed; the start when nothing was committed. */
  readonly committed: bigint;
  readonly end: bigint;
  readonly lag: bigint;
}

export interface Client {
  /** Resolves when all replicas have acknowledged. */
  send(records: readonly OutRecord[]): Promise<void>;
  /** Everything from the start to the end offsets of now, partition by partition; with `key`, only what lies under it is decoded. */
  readAll<T extends Topic>(topic: T, key?: string): Promise<ReadRecord<ValueOf<T>>[]>;
  /** Bytes of a topic from the given positions (its start when left out) to the end offsets of now, partition by partition. */
  readRaw(topic: string, from?: From): Promise<RawRecord[]>;
  /** Sends bytes as they are; resolves with their offsets. */
  sendRaw(records: readonly EncodedRecord[]): Promise<readonly bigint[]>;
  /** Follows a topic until the returned function is called; without `fromBeginning`, from the end of now. Resolves when nothing after that can be missed. */
  follow<T extends Topic>(
    topic: T,
    onRecord: (record: ReadRecord<ValueOf<T>>) => void,
    options?: { readonly fromBeginning?: boolean; readonly onError?: (error: unknown) => void },
  ): Promise<() => Promise<void>>;
  /** Lag of a consumer group (`sync.<service>`) over the given topics. */
  lag(group: string, topics: readonly Topic[]): Promise<readonly GroupLag[]>;
  close(): Promise<void>;
}
