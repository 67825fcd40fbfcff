/** The broker asked directly, with a client that is none of ours. */
import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';
import { openTestClient } from './changes.ts';
import { stackVariable } from './stack.ts';

/** Runs a question to the broker's administration. */
export async function askBroker<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
  // Making our own client mends the library's timer, which would warn on the console.
  await (await openTestClient()).close();
  const brokers = stackVariable('SYNC_KAFKA_BROKERS').split(',');
  const admin = new Kafka({ clientId: 'test-admin', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await question(admin);
  } finally {
    await admin.disconnect();
  }
}

/** The partition numbers of a topic. */
export async function recordPartitions(topic: string): Promise<number[]> {
  const { topics } = await askBroker((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
  return topics
    .flatMap(({ partitions }) => partitions.map(({ partitionId }) => partitionId))
    .sort((a, b) => a - b);
}
