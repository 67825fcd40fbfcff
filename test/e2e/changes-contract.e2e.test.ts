/** What the people who read the change topics are promised: names, settings, schemas. */
import { allTopics, topics } from '@sync/core';
import { ConfigResourceTypes } from 'kafkajs';
import { askBroker } from '../support/broker-admin.ts';
import { stackVariable } from '../support/stack.ts';

const WEEK_MS = String(7 * 24 * 3600 * 1000);
const CHANGE_TOPICS = Object.values(topics.twentyChanges).map(({ name }) => name);
const PUBLIC = allTopics().filter((topic) => topic.public && topic.schema !== 'raw');

test('the topics are those of the manifest, no more and no less', async () => {
  const found = await askBroker((admin) => admin.listTopics());
  const ours = found.filter((name) => !name.startsWith('connect.') && !name.startsWith('__'));
  const expected = allTopics().map(({ name }) => name);
  expect(ours.sort()).toEqual(expected.sort());
});

test('change topics keep the last state of every record for ever, and a week of history', async () => {
  const { resources } = await askBroker((admin) =>
    admin.describeConfigs({
      includeSynonyms: false,
      resources: CHANGE_TOPICS.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
    }),
  );
  expect(resources).toHaveLength(10);
  for (const { configEntries } of resources) {
    const config = Object.fromEntries(
      configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
    expect(config).toMatchObject({ 'cleanup.policy': 'compact', 'min.compaction.lag.ms': WEEK_MS });
  }
});

test('change topics have equal partition counts, so that keys meet', async () => {
  const names = [
    ...CHANGE_TOPICS,
    ...Object.values(topics.sharepointChanges).map(({ name }) => name),
    topics.records.name,
  ];
  const { topics: found } = await askBroker((admin) => admin.fetchTopicMetadata({ topics: names }));
  const counts = found.map(({ partitions }) => partitions.length);
  expect(counts).toHaveLength(names.length);
  expect(new Set(counts).size).toBe(1);
});

test.each(PUBLIC.map(({ name }) => [`${name}-value`]))(
  '%s can only change compatibly, in both directions',
  async (subject) => {
    const root = stackVariable('SYNC_REGISTRY_URL');
    const answer = await fetch(`${root}/config/${encodeURIComponent(subject)}`);
    expect(await answer.json()).toMatchObject({ compatibilityLevel: 'FULL_TRANSITIVE' });
  },
);

test('the registry refuses a field without a default on a change topic', async () => {
  const root = stackVariable('SYNC_REGISTRY_URL');
  const subject = 'twenty.changes.company-value';
  const latest = (await (await fetch(`${root}/subjects/${subject}/versions/latest`)).json()) as {
    schema: string;
  };
  const schema = JSON.parse(latest.schema) as { fields: unknown[] };
  const body = (fields: unknown[]): string =>
    JSON.stringify({ schema: JSON.stringify({ ...schema, fields }) });
  const isCompatible = async (fields: unknown[]): Promise<unknown> => {
    const answer = await fetch(`${root}/compatibility/subjects/${subject}/versions/latest`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: body(fields),
    });
    return answer.json();
  };
  expect(await isCompatible([...schema.fields, { name: 'extra', type: 'string' }])).toMatchObject({
    is_compatible: false,
  });
  expect(
    await isCompatible([...schema.fields, { name: 'extra', type: 'string', default: '' }]),
  ).toMatchObject({ is_compatible: true });
});
