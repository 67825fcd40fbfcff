import {
  CONSUMING_SERVICES,
  allTopics,
  deadLetterTopic,
  isDeadLetterTopic,
  topics,
  type Topic,
} from '@sync/core';
import { configOf, partitionsOf, problemOf } from './topic-plan.ts';

const plan = { partitions: { record: 12, tenant: 6 }, replicationFactor: 3, minInsyncReplicas: 2 };
const { company } = topics.twentyChanges;

describe('a topic plan', () => {
  it.each([
    [company, 12],
    [topics.cursors, 6],
    [topics.config, 1],
  ])('gives $name its partitions', (topic, count) => {
    expect(partitionsOf(topic, plan)).toBe(count);
  });

  it('compacts change topics after a week', () => {
    expect(configOf(company, plan)).toMatchObject({
      'cleanup.policy': 'compact',
      'min.compaction.lag.ms': '604800000',
      'min.insync.replicas': '2',
    });
  });

  it('deletes raw records after three days', () => {
    expect(configOf(topics.raw, plan)).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '259200000',
    });
  });

  it('leaves room in the dead letters for the headers that are added to the largest record of any topic', () => {
    const most = (topic: Topic): number => Number(configOf(topic, plan)['max.message.bytes']);
    const letters = CONSUMING_SERVICES.map((service) => most(deadLetterTopic(service)));
    const others = allTopics().filter((topic) => !isDeadLetterTopic(topic));
    expect(Math.min(...letters)).toBe(Math.max(...others.map(most)) + 65_536);
  });

  it('finds nothing wrong with what it made', () => {
    expect(
      problemOf(company, { partitions: 12, config: new Map(Object.entries(configOf(company, plan))) }, plan),
    ).toBeNull();
  });

  it('names every difference', () => {
    const config = new Map(Object.entries({ ...configOf(company, plan), 'cleanup.policy': 'delete' }));
    expect(problemOf(company, { partitions: 3, config }, plan)).toMatch(
      /has 3 partitions, not 12.*cleanup\.policy is delete, not compact/,
    );
  });
});
