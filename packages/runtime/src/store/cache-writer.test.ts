import { CacheWriter } from './cache-writer.ts';
import { MemoryCache } from './memory-cache.ts';

const at = { topic: 't', partition: 0 };
const batch = (next: bigint) => ({ ...at, next, savedAt: 0, records: [] });

/** A cache whose disk is full at first. */
class FullCache extends MemoryCache {
  full = true;
  override write(...given: Parameters<MemoryCache['write']>): Promise<void> {
    return this.full ? Promise.reject(new Error('no space left')) : super.write(...given);
  }
}

describe('CacheWriter', () => {
  it('writes no more after a failure: a later position would claim records that are not there', async () => {
    const [cache, errors] = [new FullCache(), [] as unknown[]];
    const writer = new CacheWriter(cache, (error) => errors.push(error));
    writer.add(batch(1n));
    await writer.flush();
    cache.full = false;
    writer.add(batch(2n));
    await writer.flush();
    expect([cache.checkpoint(at), errors.length]).toEqual([undefined, 1]);
  });

  it('writes what comes while it writes, in order', async () => {
    const cache = new FullCache();
    cache.full = false;
    const writer = new CacheWriter(cache, () => undefined);
    for (const next of [1n, 2n, 3n]) writer.add(batch(next));
    await writer.flush();
    expect(cache.checkpoint(at)?.next).toBe(3n);
  });
});
