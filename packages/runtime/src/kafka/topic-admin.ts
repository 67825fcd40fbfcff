/** Creates topics from the manifest and checks what exists against it. */
import { allTopics, type Topic } from '@sync/core';
import kafkajs, { type Admin } from 'kafkajs';
import { createKafka, type KafkaConnection } from './client.ts';
import { configOf, partitionsOf, problemOf, type TopicPlan, type TopicReport } from './topic-plan.ts';
import { untilLed } from './until-led.ts';

export type { TopicPlan, TopicReport } from './topic-plan.ts';

interface Existing {
  readonly partitions: number;
  readonly config: ReadonlyMap<string, string>;
}

/** Creates what is missing of the plan and reports on every topic; never changes an existing one. */
export async function ensureTopics(
  connection: KafkaConnection,
  plan: TopicPlan,
): Promise<readonly TopicReport[]> {
  const admin = createKafka(connection, 'sync-topics').admin();
  await admin.connect();
  try {
    return await ensure(admin, plan);
  } finally {
    await admin.disconnect();
  }
}

async function ensure(admin: Admin, plan: TopicPlan): Promise<TopicReport[]> {
  const topics = plan.topics ?? allTopics();
  const names = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !names.has(topic.name));
  await create(admin, missing, plan);
  const existing = await describe(
    admin,
    topics.filter((topic) => names.has(topic.name)),
  );
  return topics.map((topic) => report(topic, existing.get(topic.name), plan));
}

function report(topic: Topic, found: Existing | undefined, plan: TopicPlan): TopicReport {
  if (found === undefined) return { name: topic.name, state: 'created' };
  const problem = problemOf(topic, found, plan);
  return problem === null
    ? { name: topic.name, state: 'ok' }
    : { name: topic.name, state: 'mismatch', problem };
}

async function create(admin: Admin, topics: readonly Topic[], plan: TopicPlan): Promise<void> {
  if (topics.length === 0) return;
  await admin.createTopics({
    waitForLeaders: false,
    topics: topics.map((topic) => ({
      topic: topic.name,
      numPartitions: partitionsOf(topic, plan),
      replicationFactor: plan.replicationFactor,
      configEntries: Object.entries(configOf(topic, plan)).map(([name, value]) => ({ name, value })),
    })),
  });
  await untilLed(
    admin,
    topics.map((topic) => topic.name),
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  );
}

async function describe(admin: Admin, topics: readonly Topic[]): Promise<ReadonlyMap<string, Existing>> {
  if (topics.length === 0) return new Map();
  const { topics: metadata } = await admin.fetchTopicMetadata({ topics: topics.map((topic) => topic.name) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((topic) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic.name })),
  });
  const configs = new Map(
    resources.map((resource) => [
      resource.resourceName,
      new Map(resource.configEntries.map((entry) => [entry.configName, entry.configValue])),
    ]),
  );
  return new Map(
    metadata.map((one) => [
      one.name,
      { partitions: one.partitions.length, config: configs.get(one.name) ?? new Map() },
    ]),
  );
}
