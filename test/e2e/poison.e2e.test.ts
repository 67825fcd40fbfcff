/** A poison record of each kind, on each topic that a service consumes: it is dead-lettered alone, and the next of its key flows. */
import { deadLetterTopic, recordKey, topics } from '@sync/core';
import type { Topic } from '@sync/core';
import { partitionOf } from '@sync/runtime';
import type { Client } from '@sync/runtime';
import { readStatus } from '@sync/stack';
import { topologies } from '../../packages/stack/src/topologies.ts';
import { recordPartitions } from '../support/broker-admin.ts';
import { openTestClient } from '../support/changes.ts';
import { eventually } from '../support/eventually.ts';
import { recordsOf } from '../support/pipeline.ts';
import { bytesOf, poisonFor } from '../support/poison.ts';
import { sampleFor } from '../support/sample-values.ts';
import type { Sample } from '../support/sample-values.ts';
import { stackVariable } from '../support/stack.ts';

const CAME_WITH = Buffer.from([1, 255]);

/** Every service with every topic that it consumes. */
const CONSUMED = topologies.flatMap(({ name, reads }) =>
  reads.map((topic) => [name, topic.name, topic] as const),
);

type Sent = Parameters<Client['sendRaw']>[0][number];

let client: Client;
let partitions = 0;
let before: unknown;
const sent: Sent[] = [];

beforeAll(async () => {
  client = await openTestClient();
  partitions = (await recordPartitions(topics.raw.name)).length;
  before = processes();
}, 60_000);

afterAll(async () => {
  // Lets compaction forget them.
  await client.sendRaw(sent.map((record) => ({ ...record, value: null })));
  await client.close();
});

test.each(CONSUMED)(
  '%s dead-letters what it can never process of %s, and nothing else',
  async (service, _, topic) => {
    const sample = sampleFor(topic);
    const partition = topic.family === 'single' ? 0 : partitionOf(sample.key, partitions);
    const poison = await poisonFor(service, topic, sample);
    const good = { key: Buffer.from(sample.key), value: await bytesOf(topic, sample.harmless) };
    const records = [...poison, good].map(({ key, value }) => ({
      ...{ topic: topic.name, partition, key, value },
      headers: { 'came-with': CAME_WITH },
    }));
    if (topic.cleanup === 'compact') sent.push(...records);
    const offsets = await client.sendRaw(records);
    await processed(service, topic, partition, offsets.at(-1));

    const dead = poison.flatMap(({ kind, code }, index) =>
      code === null
        ? []
        : [
            {
              kind,
              code,
              service,
              topic: topic.name,
              partition: String(partition),
              offset: String(offsets[index]),
            },
          ],
    );
    const letters = await lettersAt(service, topic, partition, offsets);
    expect(letters.map(({ headers, index }) => ({ ...headers, kind: poison[index]?.kind }))).toMatchObject(
      dead,
    );
    for (const { record, headers, index } of letters) {
      expect([record.key, record.value, record.headers['came-with']]).toEqual([
        records[index]?.key,
        records[index]?.value,
        CAME_WITH,
      ]);
      expect([headers['attempts'], headers['reason']]).toEqual(['1', expect.stringMatching(/\w/)]);
      for (const time of ['first-seen', 'at'])
        expect(Date.now() - Date.parse(headers[time] ?? '')).toBeLessThan(60_000);
    }
    await arrived(service, sample);
  },
);

test('no service was started again', () => {
  expect(processes()).toEqual(before);
});

/** Waits until everything up to an offset is done. */
async function processed(service: string, topic: Topic, partition: number, last = 0n): Promise<void> {
  await eventually(`${service} has processed ${topic.name}/${partition}/${last}`, async () => {
    const lag = await client.lag(`sync.${service}`, [topic]);
    const committed = lag.find((one) => one.partition === partition)?.committed ?? 0n;
    return committed > last ? true : undefined;
  });
}

/** Dead letters of the records at these offsets, with their own headers as text and their place among the offsets. */
async function lettersAt(service: string, topic: Topic, partition: number, offsets: readonly bigint[]) {
  const sources = offsets.map((offset) => `${topic.name}/${partition}/${offset}`);
  const letters = (await client.readRaw(deadLetterTopic(service).name)).map((record) => {
    const own = Object.entries(record.headers).filter(([name]) => name.startsWith('dlq-'));
    const headers = Object.fromEntries(own.map(([name, text]) => [name.slice(4), String(text)]));
    const { topic: name, partition: number, offset } = headers as Readonly<Record<string, string>>;
    const index = sources.indexOf(`${name}/${number}/${offset}`);
    return { record, headers: headers, index };
  });
  return letters.filter(({ index }) => index >= 0).sort((a, b) => a.index - b.index);
}

/** What comes of the harmless record is there, where anything comes of it. */
async function arrived(service: string, { key, harmless }: Sample): Promise<void> {
  const recordId = (harmless as { after?: { id: string } }).after?.id ?? '';
  const change = recordKey({ workspaceId: NO_ONES, object: 'company', recordId });
  const results: Readonly<Record<string, readonly [Topic, string]>> = {
    'change-normalizer': [topics.twentyChanges.company, change],
    'sharepoint-writer': [topics.sharepointResults, key],
    'twenty-writer': [topics.twentyResults, key],
  };
  const [topic, under = ''] = results[service] ?? [];
  if (topic !== undefined) expect(await recordsOf(client, topic, under)).not.toEqual([]);
}

/** The workspace of the schema `workspace_1`. */
const NO_ONES = '00000000-0000-0000-0000-000000000001';

function processes(): unknown {
  const { parts } = readStatus(stackVariable('SYNC_DATA_DIR'));
  return parts.filter(({ kind }) => kind === 'process').map(({ name, pid }) => [name, pid]);
}
