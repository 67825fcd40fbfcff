import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '@sync/core';
import { open, type Database, type RootDatabase } from 'lmdb';
import type { TopicPartition } from '../ports.ts';
import type { Cache, CacheBatch, CachedRecord, Checkpoint } from './cache.ts';

type RecordKey = [topic: string, partition: number, key: string];

/** Nothing sorts after this among text keys. */
const LAST = '\uffff';

/** The cache on disk, in one folder that belongs to one process. */
export class LmdbCache implements Cache {
  readonly #root: RootDatabase<unknown, string>;
  readonly #records: Database<Buffer, RecordKey>;
  readonly #checkpoints: Database<{ next: string; savedAt: number }, [string, number]>;
  /** Rises with every opening: whoever opened before must not write any more. */
  readonly #turn: number;

  constructor(folder: string) {
    this.#root = openWhole(folder);
    this.#records = this.#root.openDB<Buffer, RecordKey>({ name: 'records', encoding: 'binary' });
    this.#checkpoints = this.#root.openDB<{ next: string; savedAt: number }, [string, number]>({
      name: 'checkpoints',
    });
    this.#turn = this.#root.transactionSync(() => this.#takeTurn());
  }

  bind(clusterId: string): void {
    this.#root.transactionSync(() => {
      if (this.#root.get('cluster') === clusterId) return;
      this.#records.clearSync();
      this.#checkpoints.clearSync();
      this.#root.putSync('cluster', clusterId);
    });
  }

  checkpoint({ topic, partition }: TopicPartition): Checkpoint | undefined {
    const found = this.#checkpoints.get([topic, partition]);
    return found === undefined ? undefined : { next: BigInt(found.next), savedAt: found.savedAt };
  }

  *load({ topic, partition }: TopicPartition): Iterable<CachedRecord> {
    for (const { key, value } of this.#records.getRange(rangeOf(topic, partition)))
      yield { topic, partition, key: key[2], offset: value.readBigInt64BE(0), value: value.subarray(8) };
  }

  async write(batches: readonly CacheBatch[]): Promise<void> {
    // A plain transaction keeps what was put before its function threw; a child is undone.
    const written = await this.#root.childTransaction(() => {
      if (this.#root.get('turn') !== this.#turn) return false;
      for (const batch of batches) this.#writeOne(batch);
      return true;
    });
    if (!written) throw takenOver();
  }

  wipe({ topic, partition }: TopicPartition): void {
    this.#root.transactionSync(() => {
      for (const key of this.#records.getKeys(rangeOf(topic, partition))) this.#records.removeSync(key);
      this.#checkpoints.removeSync([topic, partition]);
    });
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  #takeTurn(): number {
    const turn = Number(this.#root.get('turn') ?? 0) + 1;
    this.#root.putSync('turn', turn);
    return turn;
  }

  #writeOne({ topic, partition, next, savedAt, records }: CacheBatch): void {
    for (const { key, value, offset } of records) {
      if (value === null) this.#records.removeSync([topic, partition, key]);
      else this.#records.putSync([topic, partition, key], withOffset(offset, value));
    }
    this.#checkpoints.putSync([topic, partition], { next: next.toString(), savedAt });
  }
}

/** Smaller than this, a file has not even its two head pages. */
const LEAST_BYTES = 2 * 4096;

/**
 * Opens the folder; what is torn there is thrown away. It must be found before a page is read: lmdb maps the file into memory, so
 * that reading past its end kills the process.
 */
function openWhole(folder: string): RootDatabase<unknown, string> {
  const file = join(folder, 'data.mdb');
  if (existsSync(file) && statSync(file).size < LEAST_BYTES) rmSync(folder, { recursive: true });
  const root = openFolder(folder);
  const { lastPageNumber, pageSize } = root.getStats() as { lastPageNumber: number; pageSize: number };
  if (statSync(file).size >= (lastPageNumber + 1) * pageSize) return root;
  void root.close();
  rmSync(folder, { recursive: true });
  return openFolder(folder);
}

function openFolder(folder: string): RootDatabase<unknown, string> {
  mkdirSync(folder, { recursive: true });
  return open<unknown, string>({ path: folder, noSubdir: false, maxDbs: 4, maxReaders: 16 });
}

function rangeOf(topic: string, partition: number): { start: RecordKey; end: RecordKey } {
  return { start: [topic, partition, ''], end: [topic, partition, LAST] };
}

function withOffset(offset: bigint, value: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeBigInt64BE(offset);
  return Buffer.concat([head, value]);
}

function takenOver(): SyncError {
  return new SyncError(
    'CONFIG_INVALID',
    'writing the local cache: another process uses the same SYNC_DATA_DIR; give each instance a folder of its own',
  );
}
