/** What the runtime costs per record, in CPU time of this process, beside a bare kafkajs `eachBatch` on the same records. */
import { randomUUID } from 'node:crypto';
import { deadLetterTopic, defineTopology, drop, topics } from '@sync/core';
import type { Topic } from '@sync/core';
import { createLog, createMetrics, ensureTopics } from '@sync/runtime';
import express from 'express';
import { Codec } from '../../packages/runtime/src/avro/codec.ts';
import { createKafka } from '../../packages/runtime/src/kafka/client.ts';
import { KafkaBroker } from '../../packages/runtime/src/kafka/kafka-broker.ts';
import { memorySchemas } from '../../packages/runtime/src/memory/memory-schemas.ts';
import { launch } from '../../packages/runtime/src/service/launch.ts';
import { MemoryCache } from '../../packages/runtime/src/store/memory-cache.ts';

const PARTITIONS = 4;
const ROUNDS = 5;
const KEYS = 5_000;

/** CPU from its making to the last record: a client reads whole batches before it hands the first record over. */
interface Meter {
  readonly done: Promise<number>;
  /** Notes that many records as processed. */
  count(records: number): void;
}

function meter(goal: number): Meter {
  const { promise, resolve } = Promise.withResolvers<number>();
  let seen = 0;
  const from = process.cpuUsage();
  return {
    done: promise,
    count: (records) => {
      seen += records;
      if (seen < goal) return;
      const { user, system } = process.cpuUsage(from);
      resolve((user + system) / goal);
    },
  };
}

/** Prints µs of CPU per record of both, and their ratio. */
export async function measureRuntime(brokers: readonly string[], records: number): Promise<void> {
  const service = `measure-${randomUUID().slice(0, 8)}`;
  const input = { ...topics.sharepointResults, name: `${service}.input` };
  const all: Topic[] = [input, deadLetterTopic(service)];
  const kafka = createKafka({ brokers }, service);
  const admin = kafka.admin();
  await admin.connect();
  try {
    await ensureTopics(
      { brokers },
      { topics: all, partitions: { record: PARTITIONS, tenant: PARTITIONS }, replicationFactor: 1 },
    );
    await fill(brokers, input, records);
    const [bare, runtime]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      const pair = [await runBare(kafka, input, records), await runRuntime(brokers, service, input, records)];
      // The first round warms the compiler up.
      if (round > 0) [bare, runtime].forEach((times, index) => times.push(pair[index] ?? Number.NaN));
    }
    report(records, median(bare), median(runtime));
  } finally {
    await admin.deleteTopics({ topics: all.map((topic) => topic.name) });
    await admin.disconnect();
  }
}

async function fill(brokers: readonly string[], input: Topic, records: number): Promise<void> {
  const broker = new KafkaBroker({ brokers }, 'measure');
  const sink = await broker.sink();
  const codec = new Codec(memorySchemas());
  await codec.pin([input]);
  for (let from = 0; from < records; from += 1_000)
    await sink.send(
      Array.from({ length: Math.min(1_000, records - from) }, (_, n) => ({
        topic: input.name,
        partition: (from + n) % PARTITIONS,
        key: Buffer.from(`workspace|company|${(from + n) % KEYS}`),
        value: codec.encode(input, resultOf(from + n)),
        headers: {},
      })),
    );
  await sink.close();
  await broker.close();
}

function resultOf(n: number): unknown {
  const [id, wishes, refusals] = [randomUUID(), [], []];
  const where = { tenantId: id, siteId: id, listId: id, itemId: String(n), etag: `"${id},1"` };
  const what = { commandId: id, side: 'sharepoint', kind: 'written', workspaceId: id, object: 'company' };
  return {
    ...{ ...where, ...what, recordId: id, wishes, refusals, version: String(n), picture: null },
    ...{ attempts: 1, changedAt: 1_700_000_000_000, answeredAt: 1_700_000_000_000 },
  };
}

async function runBare(
  kafka: ReturnType<typeof createKafka>,
  input: Topic,
  records: number,
): Promise<number> {
  const { done, count } = meter(records);
  const consumer = kafka.consumer({ groupId: `measure-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [input.name], fromBeginning: true });
  await consumer.run({ eachBatch: async ({ batch }) => count(batch.messages.length) });
  const cost = await done;
  await consumer.disconnect();
  return cost;
}

async function runRuntime(
  brokers: readonly string[],
  service: string,
  input: Topic,
  records: number,
): Promise<number> {
  const { done, count } = meter(records);
  const group = { ...defineTopology({ name: service, doc: '', reads: [input] }) };
  const running = await launch<object>(
    group,
    {
      broker: fresh(new KafkaBroker({ brokers }, service)),
      schemas: memorySchemas(),
      cache: new MemoryCache(),
      log: createLog(service, 'silent'),
      metrics: createMetrics(service, false),
      patience: { random: () => 0, wait: () => Promise.resolve(), onWait: () => undefined },
      now: Date.now,
      random: Math.random,
      onAlive: () => undefined,
      onCrash: (error) => {
        throw error;
      },
    },
    {
      config: {},
      http: express(),
      build: () => ({ process: () => (count(1), Promise.resolve(drop('measured'))) }),
    },
  );
  const cost = await done;
  await running.stop();
  return cost;
}

/** Every round reads all records again, so each has a group of its own. */
function fresh(broker: KafkaBroker): KafkaBroker {
  const source = broker.source.bind(broker);
  broker.source = (options) => source({ ...options, group: `measure-${randomUUID()}` });
  return broker;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function report(records: number, bare: number, runtime: number): void {
  console.log(`CPU per record, median of ${ROUNDS} rounds of ${records} records, in one process`);
  console.log(`kafkajs eachBatch, bytes untouched     ${bare.toFixed(2).padStart(7)} µs`);
  console.log(`runtime: decoded, in its lane, tracked ${runtime.toFixed(2).padStart(7)} µs`);
  console.log(`ratio                                  ${(runtime / bare).toFixed(1).padStart(7)}`);
}
