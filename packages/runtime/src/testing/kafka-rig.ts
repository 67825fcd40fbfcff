/** The ports on a real broker, with topics of its own that it deletes. */
import { randomUUID } from 'node:crypto';
import { createKafka } from '../kafka/client.ts';
import { KafkaBroker } from '../kafka/kafka-broker.ts';
import type { TopicPartition } from '../ports.ts';
import type { PortRig } from './port-rig.ts';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export async function kafkaRig(brokers: readonly string[]): Promise<PortRig> {
  const kafka = createKafka({ brokers }, 'port-contract');
  const admin = kafka.admin();
  await admin.connect();
  const broker = new KafkaBroker({ brokers }, 'port-contract');
  const topics: string[] = [];
  const endOf = async ({ topic, partition }: TopicPartition): Promise<bigint> =>
    (await broker.bounds(topic)).find((one) => one.partition === partition)?.end ?? 0n;
  return {
    broker,
    topic: async (numPartitions) => {
      const topic = `port-contract.${randomUUID()}`;
      topics.push(topic);
      await admin.createTopics({
        topics: [{ topic, numPartitions, replicationFactor: 1 }],
        waitForLeaders: true,
      });
      return topic;
    },
    // The marker that ends a transaction takes an offset of its own.
    gap: async (at) => {
      const { topic, partition } = at;
      const before = await endOf(at);
      const producer = kafka.producer({
        transactionalId: randomUUID(),
        idempotent: true,
        maxInFlightRequests: 1,
      });
      await producer.connect();
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ partition, value: 'gap' }] });
      await transaction.commit();
      // The coordinator writes the marker a moment later.
      while ((await endOf(at)) < before + 2n) await turn();
      await producer.disconnect();
    },
    truncate: async ({ topic, partition, offset }) => {
      // Without a look at the topic, the client does not know its leaders.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: offset.toString() }] });
    },
    committed: (group, topic) => broker.committed(group, [topic]),
    turn,
    close: async () => {
      await broker.close();
      await admin.deleteTopics({ topics });
      await admin.disconnect();
    },
  };
}
