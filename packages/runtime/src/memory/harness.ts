/** Runs a service on the in-memory broker, for tests. */
import {
  CONSUMING_SERVICES,
  allTopics,
  type Outcome,
  type Topic,
  type Topology,
  type ValueOf,
  type topics,
} from '@sync/core';
import express from 'express';
import type { SchemaSource } from '../avro/schema-source.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import { partitionOf } from '../partition/murmur2.ts';
import type { InRecord, ServiceContext } from '../service/contract.ts';
import { launch, type Running } from '../service/launch.ts';
import { MemoryCache } from '../store/memory-cache.ts';
import { MemoryBroker } from './memory-broker.ts';
import { memorySchemas } from './memory-schemas.ts';

/** A service that has a dead-letter topic. */
export const SERVICE = CONSUMING_SERVICES[0];

const RECORD_PARTITIONS = 4;

/** All microtasks and immediate callbacks that follow from what was done so far have run. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve));
}

export type Harness = ReturnType<typeof harness>;

export function harness(
  topology: Topology,
  options: {
    readonly broker?: MemoryBroker;
    readonly schemas?: SchemaSource;
    readonly deadLetterLimit?: number;
    readonly drainMs?: number;
  } = {},
) {
  const broker = options.broker ?? new MemoryBroker(partitionCounts());
  const crashes: unknown[] = [];
  const metrics = createMetrics(topology.name, false);
  let waits = 0;
  let context: ServiceContext<object> | null = null;
  let running: Running | null = null;
  const counted = {
    ...metrics,
    count: ((name, labels, by) => (
      name === 'sync_waits_total' && waits++,
      metrics.count(name, labels, by)
    )) as typeof metrics.count,
  };

  return {
    broker,
    crashes,
    get waits() {
      return waits;
    },
    async start(
      process: (record: InRecord) => Promise<Outcome>,
      prepare: (context: ServiceContext<object>) => void = () => undefined,
    ): Promise<void> {
      running = await launch<object>(
        topology,
        {
          broker,
          schemas: options.schemas ?? memorySchemas(),
          cache: new MemoryCache(),
          log: createLog(topology.name, 'silent'),
          metrics: counted,
          patience: { random: () => 0, wait: () => Promise.resolve(), onWait: () => undefined },
          now: () => 0,
          random: () => 0,
          onAlive: () => undefined,
          onCrash: (error) => crashes.push(error),
          deadLetterLimit: options.deadLetterLimit ?? 100,
          ...(options.drainMs === undefined ? {} : { drainMs: options.drainMs }),
        },
        { config: {}, http: express(), build: (given) => (prepare(given), (context = given), { process }) },
      );
      await settled();
    },
    /** Stops the service, once. */
    async stop(): Promise<void> {
      const stopping = running;
      running = null;
      await stopping?.stop();
    },
    commit: async (): Promise<void> => running?.commit(),
    /** Lines of the metrics page that begin so. */
    async told(metric: string): Promise<string[]> {
      const { body } = await metrics.page();
      return body.split('\n').filter((line) => line.startsWith(metric));
    },
    context(): ServiceContext<object> {
      if (context === null) throw new Error('not started');
      return context;
    },
    append(topic: Topic, key: string, text: string): void {
      const partition = partitionOf(key, partitionCounts()[topic.name] ?? 1);
      broker.append({
        topic: topic.name,
        partition,
        key: Buffer.from(key),
        value: Buffer.from(text),
        headers: {},
      });
    },
    committed: (topic: Topic, partition: number): bigint | undefined =>
      broker.group(`sync.${topology.name}`).committed.get(`${topic.name}|${partition}`),
    keysOf: (topic: Topic): string[] => broker.records(topic.name).map((record) => String(record.key)),
    /** Records of the single partition of a topic that were handed to the service. */
    taken: (topic: Topic): number => Number(broker.handed.get(`${topic.name}|0`) ?? 0),
    /** A key that lies in this partition. */
    keyIn(topic: Topic, partition: number): string {
      for (let n = 0; ; n++)
        if (partitionOf(`k${n}`, partitionCounts()[topic.name] ?? 1) === partition) return `k${n}`;
    },
    result: (recordId: string): ValueOf<(typeof topics)['twentyResults']> => ({
      commandId: 'c',
      side: 'twenty',
      kind: 'written',
      workspaceId: 'w',
      object: 'company',
      recordId,
      tenantId: null,
      siteId: null,
      listId: null,
      wishes: [],
      version: 'v',
      itemId: null,
      etag: null,
      picture: null,
      refusals: [],
      attempts: 1,
      changedAt: null,
      answeredAt: 0,
    }),
    async until(reached: () => boolean): Promise<void> {
      for (let round = 0; !reached(); round++) {
        if (round > 20_000) throw new Error('not reached');
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

function partitionCounts(): Record<string, number> {
  return Object.fromEntries(
    allTopics().map((topic) => [topic.name, topic.family === 'single' ? 1 : RECORD_PARTITIONS]),
  );
}
