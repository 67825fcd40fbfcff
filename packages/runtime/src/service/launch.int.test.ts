import { randomUUID } from 'node:crypto';
import { deadLetterTopic, defineTopology, emit, to, topics, type Outcome, type Topic } from '@sync/core';
import express from 'express';
import { registrySource } from '../avro/schema-source.ts';
import { registerSchemas } from '../avro/register-schemas.ts';
import { createLog } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import { partitionOf } from '../partition/murmur2.ts';
import { required } from '../testing/environment.ts';
import type { InRecord, ServiceContext } from './contract.ts';
import { launch, type Running } from './launch.ts';
import { MemoryCache } from '../store/memory-cache.ts';
import { openClient, type Client } from '../tools/client.ts';
import { KafkaBroker } from '../kafka/kafka-broker.ts';
import { createKafka } from '../kafka/client.ts';
import { ensureTopics } from '../kafka/topic-admin.ts';

const brokers = required('SYNC_KAFKA_BROKERS').split(',');
const registryUrl = required('SYNC_REGISTRY_URL');
const plan = { partitions: { record: 4, tenant: 2 }, replicationFactor: 1 };

const run = randomUUID().slice(0, 8);
const service = `int-test-${run}`;
const named = <T extends Topic>(topic: T): T => ({ ...topic, name: `${topic.name}.${run}` });
const input = named(topics.sharepointResults);
const changelog = named(topics.mappings);
const output = named(topics.cursors);
const all: Topic[] = [input, changelog, output, deadLetterTopic(service)];

const cursor = (round: number) => ({ deltaLink: 'x', round, readAt: 1 });
const mapping = (itemId: string) =>
  ({
    workspaceId: 'w',
    object: 'company',
    recordId: 'r',
    tenantId: 't',
    siteId: 's',
    listId: 'l',
    itemId,
    etag: null,
    status: 'synced',
    lastSyncedAt: null,
    lastSide: 'twenty',
    errors: {},
  }) as const;
const result = (recordId: string) =>
  ({
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
  }) as const;

jest.setTimeout(60_000);

describe('on a real broker', () => {
  let client: Client;
  beforeAll(async () => {
    expect((await ensureTopics({ brokers }, { ...plan, topics: all })).map((one) => one.state)).toEqual(
      all.map(() => 'created'),
    );
    await registerSchemas(registryUrl, all);
    client = await openClient({ brokers, registryUrl });
  });
  // Whoever looks at the broker after us finds no topic that is not of the manifest.
  afterAll(async () => {
    await client.close();
    const admin = createKafka({ brokers }, 'clean-up').admin();
    await admin.connect();
    await admin.deleteTopics({ topics: (await admin.listTopics()).filter((name) => name.endsWith(run)) });
    await admin.disconnect();
  });

  it('finds topics as it made them, and says what differs', async () => {
    const same = await ensureTopics({ brokers }, { ...plan, topics: all });
    expect(same.filter((one) => one.state !== 'ok')).toEqual([]);
    const [other] = await ensureTopics(
      { brokers },
      { ...plan, partitions: { record: 9, tenant: 2 }, topics: [input] },
    );
    expect(other).toMatchObject({
      state: 'mismatch',
      problem: expect.stringContaining('has 4 partitions, not 9'),
    });
  });

  it('registers schemas once', async () => {
    expect((await registerSchemas(registryUrl, all)).map((one) => one.state)).toEqual(['ok', 'ok', 'ok']);
  });

  it('demands full compatibility', async () => {
    const answer = await fetch(`${registryUrl}/config/${input.name}-value`);
    expect(await answer.json()).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' });
  });

  it('refuses to start while a schema is not registered', async () => {
    const other = JSON.stringify({ type: 'record', name: 'Other', fields: [] });
    await expect(registrySource(registryUrl).idOf(`${input.name}-value`, other)).rejects.toMatchObject({
      code: 'SCHEMA_MISSING',
    });
    await expect(registrySource(registryUrl).idOf(`none.${run}-value`, other)).rejects.toMatchObject({
      code: 'SCHEMA_MISSING',
    });
  });

  it('calls a schema id that nobody knows unknown, and a registry that is away unavailable', async () => {
    await expect(registrySource(registryUrl).writer(2_000_000_000)).rejects.toMatchObject({
      code: 'SCHEMA_UNKNOWN',
    });
    await expect(registrySource('http://127.0.0.1:9').writer(1)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    });
  });

  it('reads back what it sent, where the Java producer would have put it', async () => {
    await client.send(Array.from({ length: 20 }, (_, n) => to(output, `k${n}`, cursor(n))));
    const read = await client.readAll(output);
    expect(read.map((one) => one.key).sort()).toEqual(Array.from({ length: 20 }, (_, n) => `k${n}`).sort());
    for (const { key, partition, value } of read)
      expect([key, partition, value]).toEqual([key, partitionOf(key, 2), cursor(Number(key.slice(1)))]);
  });

  it('follows from the end of now', async () => {
    const seen: string[] = [];
    let wake = (): void => undefined;
    const came = new Promise<void>((resolve) => (wake = resolve));
    const stop = await client.follow(output, (record) => (seen.push(record.key), wake()));
    await client.send([to(output, 'new', cursor(1))]);
    await came;
    expect(seen).toEqual(['new']);
    await stop();
  });

  it('runs a service: state first, restored by whoever comes next, lag down to nothing', async () => {
    const first = await start(async (record, context) => {
      const before = context.store(changelog).get(record.key);
      const itemId = `${before?.itemId ?? ''}i`;
      return emit(
        [to(changelog, record.key, mapping(itemId))],
        [to(output, record.key, cursor(itemId.length), record.key)],
      );
    });
    await client.send([
      to(input, 'a', result('1')),
      to(input, 'a', result('2')),
      to(input, 'b', result('1')),
    ]);
    await eventually(async () => (await client.readAll(changelog)).length === 3);
    await first.stop();
    expect((await client.lag(`sync.${service}`, [input])).every((one) => one.lag === 0n)).toBe(true);

    const seen: unknown[] = [];
    const second = await start(
      async (record, context) => (
        seen.push([record.key, context.store(changelog).get(record.key)?.itemId]),
        { kind: 'drop', reason: 'test' }
      ),
    );
    await client.send([to(input, 'a', result('3'))]);
    await eventually(() => seen.length > 0);
    expect(seen).toEqual([['a', 'ii']]);
    await second.stop();
  });
});

async function start(
  process: (record: InRecord, context: ServiceContext<object>) => Promise<Outcome>,
): Promise<Running> {
  const topology = defineTopology({
    name: service,
    doc: '',
    reads: [input],
    keeps: [changelog],
    writes: [output],
  });
  return launch<object>(
    topology,
    {
      broker: new KafkaBroker({ brokers }, service),
      schemas: registrySource(registryUrl),
      cache: new MemoryCache(),
      log: createLog(service, 'silent'),
      metrics: createMetrics(service, false),
      patience: {
        random: Math.random,
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        onWait: () => undefined,
      },
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

async function eventually(reached: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('not reached within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
