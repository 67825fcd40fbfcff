/** Debezium on Kafka Connect: reads the log in order, and after a restart reads a stretch of it again. */
import { topics } from '@sync/core';
import { partitionOf } from '../../packages/runtime/src/partition/murmur2.ts';
import type { Chaos } from './chaos.ts';
import { WORLD } from './clock.ts';
import type { Cluster } from './cluster.ts';
import type { Postgres } from './postgres.ts';

const RAW = topics.raw.name;

export class Connect {
  #position = 0;
  #stored = 0;
  #scheduled = false;
  #stopped = false;
  #stops = 0;
  readonly #postgres: Postgres;
  readonly #cluster: Cluster;
  readonly #chaos: Chaos;

  constructor(postgres: Postgres, cluster: Cluster, chaos: Chaos) {
    this.#postgres = postgres;
    this.#cluster = cluster;
    this.#chaos = chaos;
    postgres.onCommit = () => this.#wake();
  }

  /** Has everything been read? */
  get idle(): boolean {
    return this.#position >= this.#postgres.wal.length;
  }

  /** Dies and comes back at the last position that it stored. */
  restart(afterMs: number): void {
    this.#stopped = true;
    this.#position = Math.min(this.#stored, this.#position);
    const stops = ++this.#stops;
    this.#chaos.clock.after(afterMs, () => (stops === this.#stops ? this.resume() : undefined), WORLD);
  }

  stop(): void {
    this.#stops++;
    this.#stopped = true;
  }

  resume(): void {
    this.#stopped = false;
    this.#wake();
  }

  /** What is left of the old log after a failover is read at once: a snapshot tells what stands, not what was deleted. */
  readToEnd(): void {
    const end = this.#postgres.wal.length;
    for (; this.#position < end; this.#position++) this.#publish(this.#position);
    this.#position = end;
    this.#stored = end;
  }

  #wake(): void {
    if (this.#scheduled || this.#stopped || this.idle) return;
    this.#scheduled = true;
    this.#chaos.clock.after(this.#chaos.delay(60, 4000), () => this.#read(), WORLD);
  }

  #read(): void {
    this.#scheduled = false;
    if (this.#stopped) return;
    if (this.#chaos.random.chance(0.3)) this.#stored = this.#position;
    const end = Math.min(this.#postgres.wal.length, this.#position + this.#chaos.random.between(1, 5));
    for (; this.#position < end; this.#position++) this.#publish(this.#position);
    this.#wake();
  }

  #publish(index: number): void {
    const entry = this.#postgres.wal[index];
    if (entry === undefined) return;
    const key = JSON.stringify({ id: entry.recordId });
    const partition = partitionOf(key, this.#cluster.counts.get(RAW) ?? 1);
    const bytes = { topic: RAW, partition, key: Buffer.from(key), headers: {} };
    this.#cluster.append({ ...bytes, value: this.#postgres.debezium(entry) });
    if (entry.op === 'd') this.#cluster.append({ ...bytes, value: null });
  }
}
