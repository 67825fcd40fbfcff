import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbCache } from './lmdb-cache.ts';

const at = { topic: 'sync.records', partition: 3 };
const batch = (next: bigint, ...records: { key: string; value: Buffer | null; offset: bigint }[]) => ({
  ...at,
  next,
  savedAt: 7,
  records,
});

describe('LmdbCache', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lmdb-cache-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('holds records and the position they reach to over a restart', async () => {
    const first = new LmdbCache(folder);
    first.bind('c1');
    await first.write([
      batch(
        5n,
        { key: 'a', value: Buffer.from('1'), offset: 3n },
        { key: 'ü|b', value: Buffer.from('2'), offset: 4n },
      ),
    ]);
    await first.write([batch(6n, { key: 'a', value: null, offset: 5n })]);
    await first.close();
    const second = new LmdbCache(folder);
    second.bind('c1');
    expect(second.checkpoint(at)).toEqual({ next: 6n, savedAt: 7 });
    expect([...second.load(at)].map((one) => [one.key, one.value.toString(), one.offset])).toEqual([
      ['ü|b', '2', 4n],
    ]);
    await second.close();
  });

  it('keeps nothing of a write that fails in the middle: no position without its records, no record without its position', async () => {
    const cache = new LmdbCache(folder);
    await cache.write([batch(4n, { key: 'a', value: Buffer.from('1'), offset: 3n })]);
    const tooLong = { key: 'k'.repeat(3_000), value: Buffer.from('3'), offset: 5n };
    const failing = batch(6n, { key: 'a', value: Buffer.from('2'), offset: 4n }, tooLong);
    await expect(cache.write([{ ...batch(9n), partition: 4 }, failing])).rejects.toThrow();
    expect([...cache.load(at)].map(({ value, offset }) => [String(value), offset])).toEqual([['1', 3n]]);
    expect([cache.checkpoint(at)?.next, cache.checkpoint({ ...at, partition: 4 })]).toEqual([4n, undefined]);
    await cache.close();
  });

  it('wipes itself when the cluster is another', async () => {
    const cache = new LmdbCache(folder);
    cache.bind('c1');
    await cache.write([batch(5n, { key: 'a', value: Buffer.from('1'), offset: 3n })]);
    cache.bind('c2');
    expect([cache.checkpoint(at), [...cache.load(at)]]).toEqual([undefined, []]);
    await cache.close();
  });

  it('wipes one partition only', async () => {
    const cache = new LmdbCache(folder);
    await cache.write([
      batch(5n, { key: 'a', value: Buffer.from('1'), offset: 3n }),
      { ...batch(9n, { key: 'b', value: Buffer.from('2'), offset: 8n }), partition: 4 },
    ]);
    cache.wipe(at);
    expect([cache.checkpoint(at), [...cache.load({ ...at, partition: 4 })].length]).toEqual([undefined, 1]);
    await cache.close();
  });

  it('refuses to write after another process has opened the folder', async () => {
    const older = new LmdbCache(folder);
    const younger = new LmdbCache(folder);
    await expect(older.write([batch(5n)])).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await younger.write([batch(6n)]);
    await younger.close();
    await older.close();
  });

  it.each([
    ['cut in the middle', (size: number) => Math.floor(size / 2)],
    ['cut behind its head', () => 8192],
    ['cut inside its head', () => 100],
    ['emptied', () => 0],
  ])('begins anew on a file that was %s', async (_, cut) => {
    const before = new LmdbCache(folder);
    const records = Array.from({ length: 500 }, (__, n) => ({
      key: `k${n}`,
      value: Buffer.alloc(300),
      offset: BigInt(n),
    }));
    await before.write([batch(500n, ...records)]);
    await before.close();
    const file = join(folder, 'data.mdb');
    truncateSync(file, cut(statSync(file).size));
    const after = new LmdbCache(folder);
    after.bind('c1');
    expect([after.checkpoint(at), [...after.load(at)]]).toEqual([undefined, []]);
    await after.write([batch(1n, { key: 'a', value: Buffer.from('1'), offset: 0n })]);
    expect([...after.load(at)].map((one) => one.key)).toEqual(['a']);
    await after.close();
  });

  it('begins anew in a folder that was deleted', async () => {
    await new LmdbCache(folder).close();
    rmSync(folder, { recursive: true });
    const after = new LmdbCache(folder);
    expect(after.checkpoint(at)).toBeUndefined();
    await after.close();
  });
});
