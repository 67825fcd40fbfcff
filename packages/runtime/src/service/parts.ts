/** What a service is made of, and what is left to do with it when it runs. */
import type { Express } from 'express';
import type { Codec } from '../avro/codec.ts';
import type { SchemaSource } from '../avro/schema-source.ts';
import type { Logger } from '../observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';
import type { Broker } from '../ports.ts';
import type { Patience } from '../processor/patience.ts';
import type { Cache } from '../store/cache.ts';
import type { Service, ServiceContext } from './contract.ts';

export interface Parts {
  readonly broker: Broker;
  readonly schemas: SchemaSource;
  /** Given where many services share one, with its compiled schemas; else each makes its own. */
  readonly codec?: Codec;
  readonly cache: Cache;
  readonly log: Logger;
  readonly metrics: Metrics<RuntimeMetrics>;
  readonly patience: Patience;
  /** Dead letters in a row, per partition, that are still borne; 100 when left out. */
  readonly deadLetterLimit?: number;
  /** Longest a stop waits for what runs, milliseconds; 25,000 when left out. */
  readonly drainMs?: number;
  now(): number;
  random(): number;
  /** The loops are alive. */
  onAlive(): void;
  /** The end: log and exit. */
  onCrash(error: unknown): void;
}

/** What the author of a service gives. */
export interface Given<C> {
  readonly config: C;
  readonly http: Express;
  build(context: ServiceContext<C>): Service | Promise<Service>;
}

export interface Running {
  /** Why it is not ready; null when it is. */
  notReady(): string | null;
  /** Commits what is done. */
  commit(): Promise<void>;
  stop(): Promise<void>;
}
