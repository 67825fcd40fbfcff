import { EventEmitter } from 'node:events';
import type { ConsumerConfig, EachBatchPayload, Kafka } from 'kafkajs';
import { KafkaSource } from './kafka-source.ts';

/** What the client library is asked for. */
function consumerOf(sessionTimeoutMs: number): ConsumerConfig {
  const asked: ConsumerConfig[] = [];
  const kafka = { consumer: (config: ConsumerConfig) => (asked.push(config), {}) } as unknown as Kafka;
  new KafkaSource(kafka, { group: 'g', topics: [], fromBeginning: true, maxWaitMs: 100, sessionTimeoutMs });
  return asked[0] ?? { groupId: '' };
}

test('a member is taken for dead after the configured time', () => {
  expect(consumerOf(10_000)).toMatchObject({ sessionTimeout: 10_000, heartbeatInterval: 1_000 });
});

test('at least three heartbeats fit into a session', () => {
  expect(consumerOf(2_400).heartbeatInterval).toBe(800);
});

/** A source on a consumer that is told what to do. */
async function playing() {
  const [events, sought, taken] = [new EventEmitter(), [] as string[], [] as string[]];
  let eachBatch: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();
  const consumer = {
    events: { GROUP_JOIN: 'join' },
    connect: () => Promise.resolve(),
    subscribe: () => Promise.resolve(),
    run: (config: { eachBatch: typeof eachBatch }) => Promise.resolve(void (eachBatch = config.eachBatch)),
    on: (name: string, listener: (event: unknown) => void) => events.on(name, listener),
    commitOffsets: () => Promise.resolve(),
    resume: () => undefined,
    seek: ({ offset }: { offset: string }) => void sought.push(offset),
  };
  const source = new KafkaSource({ consumer: () => consumer } as unknown as Kafka, {
    ...{ group: 'g', topics: ['t'], fromBeginning: true, maxWaitMs: 100, sessionTimeoutMs: 10_000 },
  });
  await source.start({
    onAssigned: () => [],
    onRecords: (_, records, next) => void taken.push(`${records.length} up to ${next}`),
    onRebalancing: () => undefined,
    onAlive: () => undefined,
    onCrash: () => undefined,
  });
  return {
    ...{ source, sought, taken },
    join: (memberId: string) => events.emit('join', { payload: { memberId, memberAssignment: { t: [0] } } }),
    batch: (fetchedOffset: number, count: number) =>
      eachBatch({
        batch: {
          ...{ topic: 't', partition: 0, fetchedOffset: String(fetchedOffset) },
          messages: Array.from({ length: count }, (_, n) => ({
            offset: String(fetchedOffset + n),
            timestamp: '0',
          })),
          lastOffset: () => String(fetchedOffset + count - 1),
        },
      } as unknown as EachBatchPayload),
  };
}

test('what a fetch of the membership before brings is left to be read again', async () => {
  const { source, join, batch, sought, taken } = await playing();
  join('a');
  await batch(100, 20);
  await source.commit([{ topic: 't', partition: 0, offset: 110n }]);
  join('b');
  await batch(120, 5);
  await batch(110, 15);
  expect([sought, taken]).toEqual([['110'], ['20 up to 120', '15 up to 125']]);
});
