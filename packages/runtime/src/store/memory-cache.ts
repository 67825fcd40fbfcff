import type { TopicPartition } from '../ports.ts';
import type { Cache, CacheBatch, CachedRecord, Checkpoint } from './cache.ts';

/** A cache without a disk: for tests, and for services that follow nothing worth keeping. */
export class MemoryCache implements Cache {
  #cluster: string | null = null;
  readonly #records = new Map<string, Map<string, CachedRecord>>();
  readonly #checkpoints = new Map<string, Checkpoint>();

  bind(clusterId: string): void {
    if (this.#cluster !== null && this.#cluster !== clusterId) {
      this.#records.clear();
      this.#checkpoints.clear();
    }
    this.#cluster = clusterId;
  }

  checkpoint(at: TopicPartition): Checkpoint | undefined {
    return this.#checkpoints.get(nameOf(at));
  }

  load(at: TopicPartition): Iterable<CachedRecord> {
    return [...(this.#records.get(nameOf(at))?.values() ?? [])];
  }

  write(batches: readonly CacheBatch[]): Promise<void> {
    for (const batch of batches) this.#writeOne(batch);
    return Promise.resolve();
  }

  wipe(at: TopicPartition): void {
    this.#records.delete(nameOf(at));
    this.#checkpoints.delete(nameOf(at));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #writeOne({ topic, partition, next, savedAt, records }: CacheBatch): void {
    const at = nameOf({ topic, partition });
    const held = this.#records.get(at) ?? new Map<string, CachedRecord>();
    for (const { key, value, offset } of records) {
      if (value === null) held.delete(key);
      else held.set(key, { topic, partition, key, value, offset });
    }
    this.#records.set(at, held);
    this.#checkpoints.set(at, { next, savedAt });
  }
}

function nameOf(at: TopicPartition): string {
  return `${at.topic}|${at.partition}`;
}
