/** The broker as one process sees it: its own producer, whose requests can be lost before or after they are carried out. */
import { SyncError } from '@sync/core';
import type {
  Bounds,
  Broker,
  EncodedRecord,
  RecordSink,
  RecordSource,
} from '../../packages/runtime/src/ports.ts';
import type { Chaos } from './chaos.ts';
import { WORLD } from './clock.ts';
import type { Owner } from './clock.ts';
import type { Cluster } from './cluster.ts';
import { SimSource } from './sim-source.ts';

export class SimBroker implements Broker {
  readonly #cluster: Cluster;
  readonly #chaos: Chaos;
  readonly #owner: Owner;
  readonly #id: string;
  readonly #die: () => void;
  readonly sources: SimSource[] = [];
  /** Requests of one producer reach the log in the order they were made. */
  #lastArrival = 0;

  /** `die` ends the process: it happens now and then right after a request was carried out, before the next one. */
  constructor(cluster: Cluster, chaos: Chaos, owner: Owner, id: string, die: () => void) {
    this.#cluster = cluster;
    this.#chaos = chaos;
    this.#owner = owner;
    this.#id = id;
    this.#die = die;
  }

  source(options: { readonly group: string | null; readonly topics: readonly string[] }): RecordSource {
    const parts = { cluster: this.#cluster, chaos: this.#chaos, owner: this.#owner, id: this.#id };
    const source = new SimSource(parts, options);
    this.sources.push(source);
    return source;
  }

  sink(): Promise<RecordSink> {
    return Promise.resolve({ send: (records) => this.#send(records), close: () => Promise.resolve() });
  }

  partitionCounts(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map([...this.#cluster.counts].filter(([topic]) => topics.includes(topic))));
  }

  bounds(topic: string): Promise<readonly Bounds[]> {
    const count = this.#cluster.counts.get(topic) ?? 0;
    return Promise.resolve(
      Array.from({ length: count }, (_, partition) => ({
        partition,
        start: 0n,
        end: this.#cluster.log({ topic, partition }).next,
      })),
    );
  }

  clusterId(): Promise<string> {
    return Promise.resolve('simulated');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The request lands even when its sender dies meanwhile. */
  #send(records: readonly EncodedRecord[]): Promise<readonly bigint[]> {
    const { clock } = this.#cluster;
    const owner = this.#owner;
    const arrival = Math.max(this.#lastArrival, clock.now + this.#chaos.delay(8, 400));
    this.#lastArrival = arrival;
    return new Promise((resolve, reject) => {
      const answer = (run: () => void): void => void clock.after(this.#chaos.delay(5, 100), run, owner);
      const unavailable = (): void =>
        reject(new SyncError('KAFKA_UNAVAILABLE', 'sending: no acknowledgement in time'));
      const land = (): void => {
        if (owner.isRefused === true) {
          owner.isRefused = false;
          return answer(unavailable);
        }
        if (this.#chaos.strikes('produce failed', 0.01)) return answer(unavailable);
        const offsets = records.map((record) => this.#cluster.append(record));
        if (owner.onCarriedOut) return owner.onCarriedOut();
        if (this.#chaos.strikes('killed between two sends', 0.002)) return this.#die();
        if (this.#chaos.strikes('acknowledgement lost', 0.02)) return answer(unavailable);
        answer(() => resolve(offsets));
      };
      clock.after(arrival - clock.now, land, WORLD);
    });
  }
}
