/** Bad input gets a clear error that names the thing, and stops nobody else. */
import { randomBytes, randomUUID } from 'node:crypto';
import { CONSUMING_SERVICES, deadLetterTopic, to, topics } from '@sync/core';
import type { Topic } from '@sync/core';
import { partitionOf } from '@sync/runtime';
import type { Client, ReadRecord } from '@sync/runtime';
import { recordPartitions } from '../support/broker-admin.ts';
import { openTestClient, watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { eventually } from '../support/eventually.ts';
import { counter } from '../support/metrics-page.ts';

type Letter = ReadRecord<Buffer>;

let client: Client;
let watch: ChangeWatch;
const letters = new Map<string, Letter[]>();

beforeAll(async () => {
  [client, watch] = await Promise.all([openTestClient(), watchChanges('company')]);
  for (const service of CONSUMING_SERVICES) {
    const kept: Letter[] = [];
    letters.set(service, kept);
    await client.follow(deadLetterTopic(service), (record) => kept.push(record));
  }
}, 60_000);

afterAll(async () => {
  await Promise.all([client.close(), watch.close()]);
});

function letterOf(service: string, key: string): Promise<Letter> {
  return eventually(`dead letter of ${service} for ${key}`, async () =>
    letters.get(service)?.find((letter) => letter.key === key),
  );
}

/** What Debezium would write for a new company. */
function rawCompany(id: string): Buffer {
  const source = { schema: 'workspace_1', table: 'company', lsn: 1, ts_ms: Date.now() };
  return Buffer.from(JSON.stringify({ op: 'c', before: null, after: { id, name: 'Next' }, source }));
}

test.each([
  [
    'bytes that are no text',
    Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), randomBytes(64)]),
    'not a JSON object',
  ],
  ['JSON that is no row', Buffer.from('{"op":"c","after":{"id":"x"}}'), 'source is missing'],
  ['a row of an unknown operation', Buffer.from('{"op":"z","source":{}}'), 'op is "z"'],
])(
  'a raw record of %s becomes a dead letter, byte for byte, and the next of its key flows',
  async (_, bytes, reason) => {
    const key = `bad-${randomUUID()}`;
    const id = randomUUID();
    const before = await counter('change-normalizer', 'sync_dead_letters_total', {
      code: 'RECORD_UNREADABLE',
    });
    await client.send([to(topics.raw, key, bytes), to(topics.raw, key, rawCompany(id))]);
    const letter = await letterOf('change-normalizer', key);
    expect(letter.value?.equals(bytes)).toBe(true);
    const partitions = await recordPartitions(topics.raw.name);
    expect(letter.headers).toMatchObject({
      'dlq-service': 'change-normalizer',
      'dlq-code': 'RECORD_UNREADABLE',
      'dlq-reason': expect.stringContaining(reason) as unknown,
      'dlq-topic': 'twenty.raw.rows',
      'dlq-partition': String(partitionOf(key, partitions.length)),
      'dlq-offset': expect.stringMatching(/^\d+$/) as unknown,
    });
    const next = `00000000-0000-0000-0000-000000000001|company|${id}`;
    await watch.change(next, 'the next record', ({ op }) => op === 'create');
    expect(
      await counter('change-normalizer', 'sync_dead_letters_total', { code: 'RECORD_UNREADABLE' }),
    ).toBeGreaterThan(before);
  },
);

test('a change of an unknown schema id is a dead letter that names it, and the next of its key flows', async () => {
  // A topic that no list mirrors: the record stays there for ever, and whoever reads from the start meets it.
  const unchecked: Topic<'raw'> = { ...topics.twentyChanges.favorite, schema: 'raw' };
  const ids = { workspaceId: randomUUID(), object: 'favorite', recordId: randomUUID() };
  const key = `${ids.workspaceId}|favorite|${ids.recordId}`;
  const schemaId = 2_000_000_000;
  const bytes = Buffer.concat([Buffer.from([0]), uint32(schemaId), randomBytes(40)]);
  const drops = (): Promise<number> =>
    counter('conflict-detector', 'sync_records_total', { topic: unchecked.name, outcome: 'drop' });
  const before = await drops();
  // The tombstone flows after it, and lets compaction forget the record some day.
  await client.send([to(unchecked, key, bytes)]);
  await client.send([{ ...to(unchecked, key, bytes), value: null }]);
  const letter = await letterOf('conflict-detector', key);
  expect(letter.value?.equals(bytes)).toBe(true);
  expect(letter.headers).toMatchObject({ 'dlq-code': 'SCHEMA_UNKNOWN', 'dlq-topic': unchecked.name });
  expect(letter.headers['dlq-reason']).toContain(String(schemaId));
  await eventually('the tombstone passes', async () => ((await drops()) > before ? true : undefined));
});

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
