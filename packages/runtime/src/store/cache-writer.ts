/**
 * Writes to the cache one transaction after the other; what comes meanwhile goes into the next one. Nobody waits for it. After a
 * failure it writes no more: a later position would claim records that are not there.
 */
import type { Cache, CacheBatch } from './cache.ts';

export class CacheWriter {
  readonly #cache: Cache;
  readonly #onError: (error: unknown) => void;
  #pending: CacheBatch[] = [];
  #writing: Promise<void> | null = null;
  #failed = false;

  constructor(cache: Cache, onError: (error: unknown) => void) {
    this.#cache = cache;
    this.#onError = onError;
  }

  add(batch: CacheBatch): void {
    if (this.#failed) return;
    this.#pending.push(batch);
    this.#writing ??= this.#writeAll();
  }

  /** Resolves when everything added so far is written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  // Never rejects: errors go to onError.
  async #writeAll(): Promise<void> {
    try {
      while (this.#pending.length > 0) await this.#cache.write(this.#pending.splice(0));
    } catch (error) {
      this.#failed = true;
      this.#pending = [];
      this.#onError(error);
    } finally {
      this.#writing = null;
    }
  }
}
