/** One process of one service, on the production runtime: it starts, dies, freezes, stops and starts again. */
import type { Topology } from '@sync/core';
import express from 'express';
import type { Codec } from '../../packages/runtime/src/avro/codec.ts';
import type { SchemaSource } from '../../packages/runtime/src/avro/schema-source.ts';
import { createLog } from '../../packages/runtime/src/observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../../packages/runtime/src/observe/metrics.ts';
import { launch } from '../../packages/runtime/src/service/launch.ts';
import type { Running } from '../../packages/runtime/src/service/launch.ts';
import { MemoryCache } from '../../packages/runtime/src/store/memory-cache.ts';
import type { Chaos } from './chaos.ts';
import type { Owner } from './clock.ts';
import type { Cluster } from './cluster.ts';
import { configOf } from './services.ts';
import type { Kind, Outside } from './services.ts';
import { SimBroker } from './sim-broker.ts';

export const LOG = createLog('simulation', 'silent');

/** No service of the simulation serves HTTP. */
const HTTP = express();

const nothing = (): void => undefined;
const METRICS = {
  count: nothing,
  set: nothing,
  setAll: nothing,
  observe: nothing,
  extend: () => METRICS,
  page: () => Promise.resolve({ type: '', body: '' }),
} as unknown as Metrics<RuntimeMetrics>;

export interface Surroundings {
  readonly cluster: Cluster;
  readonly chaos: Chaos;
  readonly outside: Outside;
  readonly schemas: SchemaSource;
  readonly codec: Codec;
  /** A process has ended itself by an error. */
  onCrash(process: SimProcess, error: unknown): void;
}

export class SimProcess {
  readonly name: string;
  readonly topology: Topology;
  readonly #kind: Kind;
  readonly #around: Surroundings;
  #cache = new MemoryCache();
  #owner: Owner = { name: 'nobody', dead: true, frozenUntil: 0 };
  #broker: SimBroker | null = null;
  #running: Running | null = null;
  #life = 0;
  #held = false;

  constructor(name: string, kind: Kind, around: Surroundings) {
    this.name = name;
    this.#kind = kind;
    this.topology = kind.topology;
    this.#around = around;
  }

  get up(): boolean {
    return !this.#owner.dead;
  }

  /** Ends, and is not started again before it is released. */
  hold(): void {
    this.#held = true;
    this.kill(100);
  }

  release(): void {
    this.#held = false;
    this.start(500);
  }

  /** Starts after a while. */
  start(afterMs: number): void {
    if (this.up || this.#held) return;
    const owner = { name: this.name, dead: false, frozenUntil: 0 };
    this.#owner = owner;
    // What ran in the life before is nothing that could be stopped now.
    this.#running = null;
    this.#around.cluster.clock.after(afterMs, () => void this.#launch(owner), owner);
  }

  /** Ends in the middle of whatever it does; the group notices after its session has timed out. */
  kill(noticedAfterMs: number): void {
    if (!this.up) return;
    this.#owner.dead = true;
    const sources = this.#broker?.sources ?? [];
    this.#around.cluster.clock.after(noticedAfterMs, () => sources.forEach((source) => source.forget()), {
      name: 'coordinator',
      dead: false,
      frozenUntil: 0,
    });
  }

  /** Dies right after the next thing that it asks for was carried out, before it hears of it; starts again after a while. */
  cut(ms: number): void {
    const owner = this.#owner;
    if (!this.up) return;
    owner.onCarriedOut = () => {
      if (this.#owner !== owner || owner.dead) return;
      this.kill(this.#around.chaos.delay(500, 3000));
      this.start(ms);
    };
  }

  /** The next that it sends to Kafka does not arrive, and it hears so. */
  refuse(): void {
    this.#owner.isRefused = true;
  }

  /** Is neither cut nor refused any more. */
  spare(): void {
    this.#owner.onCarriedOut = null;
    this.#owner.isRefused = false;
  }

  /** Does nothing for a while; the group gives its partitions away, and it does not know. */
  freeze(ms: number): void {
    if (!this.up) return;
    this.#owner.frozenUntil = this.#around.cluster.clock.now + ms;
    this.#expel(ms);
  }

  /** The group has taken it out, and it goes on as if nothing had happened. */
  zombie(ms: number): void {
    if (this.up) this.#expel(ms);
  }

  /** Drains, then starts again. */
  async restart(): Promise<void> {
    const [running, owner] = [this.#running, this.#owner];
    if (running === null || owner.dead) return;
    await running.stop();
    // It may have been killed meanwhile.
    if (this.#owner !== owner || !this.up) return;
    owner.dead = true;
    this.start(200);
  }

  /** The local disk is lost. */
  loseCache(): void {
    this.#cache = new MemoryCache();
  }

  runInside(run: () => void): void {
    this.#around.cluster.clock.after(0, run, this.#owner);
  }

  #expel(ms: number): void {
    for (const source of this.#broker?.sources ?? []) source.expel(ms);
  }

  async #launch(owner: Owner): Promise<void> {
    const { cluster, chaos, outside, schemas, codec } = this.#around;
    const { clock } = cluster;
    const die = (): void => {
      if (this.#owner !== owner || owner.dead) return;
      this.kill(chaos.delay(500, 3000));
      this.start(1000);
    };
    const broker = new SimBroker(cluster, chaos, owner, `${this.name}-${++this.#life}`, die);
    this.#broker = broker;
    const crash = (error: unknown): void => this.#around.onCrash(this, error);
    const random = (): number => chaos.random.next();
    const parts = {
      ...{ broker, schemas, codec, random },
      cache: this.#cache,
      log: LOG,
      metrics: METRICS,
      patience: { random, wait: (ms: number) => clock.sleep(ms), onWait: nothing },
      now: () => clock.now,
      onAlive: nothing,
      onCrash: crash,
    };
    const build = this.#kind.build;
    const given = {
      config: configOf(outside),
      http: HTTP,
      build: (ctx: Parameters<typeof build>[0]) => build(ctx, outside),
    };
    try {
      await launch<Record<string, unknown>>(
        this.topology,
        parts,
        given,
        (running) => (this.#running = running),
      );
    } catch (error) {
      crash(error);
    }
  }
}
