/**
 * The local copy of followed topics: raw records and, in the same transaction, the position they reach to. It is only a cache:
 * whatever is doubtful about it, it is wiped and read again from Kafka.
 */
import type { TopicPartition } from '../ports.ts';

export interface CachedRecord extends TopicPartition {
  readonly key: string;
  readonly value: Buffer;
  readonly offset: bigint;
}

export interface Checkpoint {
  /** Position up to which the partition was read. */
  readonly next: bigint;
  /** When, milliseconds since 1970. */
  readonly savedAt: number;
}

/** What is written together. A null value removes the key. */
export interface CacheBatch extends TopicPartition {
  readonly next: bigint;
  readonly savedAt: number;
  readonly records: readonly {
    readonly key: string;
    readonly value: Buffer | null;
    readonly offset: bigint;
  }[];
}

export interface Cache {
  /** Binds the cache to a cluster; wipes it when it was filled from another one. */
  bind(clusterId: string): void;
  checkpoint(at: TopicPartition): Checkpoint | undefined;
  load(at: TopicPartition): Iterable<CachedRecord>;
  /** All or nothing. Throws when another process has taken the folder over. */
  write(batches: readonly CacheBatch[]): Promise<void>;
  wipe(at: TopicPartition): void;
  close(): Promise<void>;
}

/** Tombstones are compacted away after a day; a checkpoint must be younger, or it may miss one. */
export const OLDEST_CHECKPOINT_MS = 12 * 3_600_000;

/** Can reading go on from this checkpoint? Else the partition must be wiped and read from its start. */
export function usable(
  checkpoint: Checkpoint,
  bounds: { readonly start: bigint; readonly end: bigint },
  now: number,
): boolean {
  // An end before the checkpoint: the topic was created anew, or lost its tail.
  return (
    checkpoint.next <= bounds.end &&
    checkpoint.next >= bounds.start &&
    now - checkpoint.savedAt <= OLDEST_CHECKPOINT_MS
  );
}
