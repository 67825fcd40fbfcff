/** How fast a service is back with its state: from Kafka with an empty local copy, and from the local copy. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topics } from '@sync/core';
import type { Topic } from '@sync/core';
import { createLog, ensureTopics } from '@sync/runtime';
import { Codec } from '../../packages/runtime/src/avro/codec.ts';
import { createKafka } from '../../packages/runtime/src/kafka/client.ts';
import { KafkaBroker } from '../../packages/runtime/src/kafka/kafka-broker.ts';
import { memorySchemas } from '../../packages/runtime/src/memory/memory-schemas.ts';
import { FollowedTopic } from '../../packages/runtime/src/store/followed-topic.ts';
import { Follower } from '../../packages/runtime/src/store/follower.ts';
import { LmdbCache } from '../../packages/runtime/src/store/lmdb-cache.ts';

const PARTITIONS = 4;
const FIELDS = ['alive', 'name', 'domainName', 'employees', 'annualRevenue', 'address', 'linkedinLink'];

/** Prints keys per second of both ways. */
export async function measureRestore(brokers: readonly string[], keys: number): Promise<void> {
  const topic = { ...topics.records, name: `measure-restore-${randomUUID().slice(0, 8)}` };
  const folder = mkdtempSync(join(tmpdir(), 'measure-restore-'));
  const admin = createKafka({ brokers }, topic.name).admin();
  await admin.connect();
  try {
    const partitions = { record: PARTITIONS, tenant: PARTITIONS };
    await ensureTopics({ brokers }, { topics: [topic], partitions, replicationFactor: 1 });
    const bytes = await fill(brokers, topic, keys);
    console.log(`${keys} states of ${bytes} bytes, ${PARTITIONS} partitions, one process`);
    report('from Kafka, into an empty local copy', keys, await restore(brokers, topic, keys, folder));
    report('from the local copy                 ', keys, await restore(brokers, topic, keys, folder));
  } finally {
    await admin.deleteTopics({ topics: [topic.name] });
    await admin.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Sends one state per key; answers the length of one. */
async function fill(brokers: readonly string[], topic: Topic, keys: number): Promise<number> {
  const broker = new KafkaBroker({ brokers }, 'measure');
  const [sink, codec] = [await broker.sink(), new Codec(memorySchemas())];
  await codec.pin([topic]);
  const value = codec.encode(topic, state());
  for (let from = 0; from < keys; from += 500)
    await sink.send(
      Array.from({ length: Math.min(500, keys - from) }, (_, n) => ({
        ...{ topic: topic.name, partition: (from + n) % PARTITIONS, headers: {}, value },
        key: Buffer.from(`workspace|company|${randomUUID()}`),
      })),
    );
  await sink.close();
  await broker.close();
  return value?.length ?? 0;
}

/** The state of a company that is in step. */
function state(): object {
  const version = '00000001-0000000001a2b3c4-00000001';
  const register = { value: 'a value of usual length', version, at: 1_700_000_000_000 };
  const agreement = { value: register.value, twentyVersion: version, sharepointVersion: version };
  const each = (one: object): object => Object.fromEntries(FIELDS.map((field) => [field, one]));
  const open = { outTwenty: null, outSharepoint: null, parked: {}, review: {} };
  const top = { version, itemId: '7', etag: `"${randomUUID()},7"` };
  return { twenty: each(register), sharepoint: each(register), agreed: each(agreement), top, ...open };
}

/** Milliseconds until everything is known. */
async function restore(
  brokers: readonly string[],
  topic: Topic,
  keys: number,
  folder: string,
): Promise<number> {
  const broker = new KafkaBroker({ brokers }, 'measure-restore');
  const [cache, codec, log] = [
    new LmdbCache(folder),
    new Codec(memorySchemas()),
    createLog('measure', 'silent'),
  ];
  await codec.pin([topic]);
  const followed = new FollowedTopic(topic, codec, log);
  const follower = new Follower({
    ...{ broker, cache, log, topics: [followed], now: Date.now, onAlive: () => undefined },
    patience: { random: () => 0, wait: () => Promise.resolve(), onWait: () => undefined },
    onCrash: (error) => {
      throw error;
    },
  });
  const from = performance.now();
  await follower.start();
  const took = performance.now() - from;
  if (followed.values.size !== keys) throw new Error(`restored ${followed.values.size} of ${keys} keys`);
  await follower.stop();
  await cache.close();
  await broker.close();
  return took;
}

function report(way: string, keys: number, ms: number): void {
  const rate = Math.round(keys / (ms / 1000));
  console.log(`${way}  ${(ms / 1000).toFixed(2).padStart(6)} s  ${String(rate).padStart(8)} keys/s`);
}
