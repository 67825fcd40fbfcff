import type { ConsumerConfig, Kafka } from 'kafkajs';
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
