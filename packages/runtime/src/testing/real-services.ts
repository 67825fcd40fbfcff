/** Services on the real broker and registry, with topics and groups of their own that vanish with the test file. */
import { randomUUID } from 'node:crypto';
import { deadLetterTopic, defineTopology, topics, type Outcome, type Topic, type ValueOf } from '@sync/core';
import express from 'express';
import { registerSchemas } from '../avro/register-schemas.ts';
import { registrySource } from '../avro/schema-source.ts';
import { createKafka } from '../kafka/client.ts';
import { KafkaBroker } from '../kafka/kafka-broker.ts';
import { ensureTopics, type TopicReport } from '../kafka/topic-admin.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import type { InRecord, ServiceContext } from '../service/contract.ts';
import { launch, type Running } from '../service/launch.ts';
import { MemoryCache } from '../store/memory-cache.ts';
import type { Client } from '../tools/client.ts';
import { openClient } from '../tools/open-client.ts';
import { required } from './environment.ts';

export type Process = (record: InRecord, context: ServiceContext<object>) => Promise<Outcome>;

const PLAN = { partitions: { record: 4, tenant: 2 }, replicationFactor: 1 };

const run = randomUUID().slice(0, 8);
const named = <T extends Topic>(topic: T): T => ({ ...topic, name: `${topic.name}.${run}` });

/** The service of this test file. */
export const SERVICE = `int-test-${run}`;
export const input = named(topics.sharepointResults);
export const rawInput = named(topics.raw);
export const changelog = named(topics.mappings);
export const output = named(topics.cursors);
export const letters = deadLetterTopic(SERVICE);
export const all: readonly Topic[] = [input, rawInput, changelog, output, letters];

export const brokers = (): string[] => required('SYNC_KAFKA_BROKERS').split(',');
export const registryUrl = (): string => required('SYNC_REGISTRY_URL');

/** Creates the topics as the manifest would, or reports on them. */
export function ensure(more: object = {}): Promise<readonly TopicReport[]> {
  return ensureTopics({ brokers: brokers() }, { ...PLAN, topics: all, ...more });
}

/** To be called at the top of a test file: topics and schemas are there before its first test. Answers a client. */
export function realServices(): () => Client {
  let client: Client | undefined;
  beforeAll(async () => {
    await ensure();
    await registerSchemas(registryUrl(), all);
    client = await openClient({ brokers: brokers(), registryUrl: registryUrl() });
  });
  // Whoever looks at the broker after us finds no topic that is not of the manifest.
  afterAll(async () => {
    await client?.close();
    const admin = createKafka({ brokers: brokers() }, 'clean-up').admin();
    await admin.connect();
    await admin.deleteTopics({ topics: (await admin.listTopics()).filter((name) => name.endsWith(run)) });
    await admin.disconnect();
  });
  return () => {
    if (client === undefined) throw new Error('not connected yet');
    return client;
  };
}

/** Starts the service: it reads `reads`, keeps `changelog`, writes `output`. */
export function start(reads: readonly Topic[], process: Process): Promise<Running> {
  const topology = defineTopology({ name: SERVICE, doc: '', reads, keeps: [changelog], writes: [output] });
  return launch<object>(
    topology,
    {
      broker: new KafkaBroker({ brokers: brokers() }, SERVICE),
      schemas: registrySource(registryUrl()),
      cache: new MemoryCache(),
      log: createLog(SERVICE, 'silent'),
      metrics: createMetrics(SERVICE, false),
      patience: { random: Math.random, wait: pause, onWait: () => undefined },
      now: Date.now,
      random: Math.random,
      onAlive: () => undefined,
      onCrash: (error) => {
        throw error;
      },
    },
    { config: {}, http: express(), build: (context) => ({ process: (record) => process(record, context) }) },
  );
}

export async function eventually(reached: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('not reached within 30 s');
    await pause(20);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export const cursor = (round: number): ValueOf<typeof output> => ({ deltaLink: 'x', round, readAt: 1 });

/** The answer of a writer about this record. */
export function result(recordId: string): ValueOf<typeof input> {
  const where = { tenantId: null, siteId: null, listId: null, itemId: null, etag: null };
  const what = {
    commandId: 'c',
    side: 'twenty',
    kind: 'written',
    workspaceId: 'w',
    object: 'company',
  } as const;
  const rest = { wishes: [], refusals: [], picture: null, changedAt: null, answeredAt: 0 };
  return { ...where, ...what, ...rest, recordId, version: 'v', attempts: 1 };
}
