/** A dead letter is redriven when its cause is gone: both sides converge, on one item, and nothing younger is overtaken. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { deadLetterTopic, schemas, topics } from '@sync/core';
import { partitionOf } from '@sync/runtime';
import type { Client } from '@sync/runtime';
import avro from 'avsc';
import { framed } from '../support/avro-bytes.ts';
import { recordPartitions } from '../support/broker-admin.ts';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import { createUnseen } from '../support/hidden-insert.ts';
import { conflictsOf, keyOf, mappingWhere, openPipeline } from '../support/pipeline.ts';
import { unique } from '../support/record-cases.ts';
import { itemWith, itemsOf } from '../support/sharepoint.ts';
import { stackVariable } from '../support/stack.ts';
import { openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';
import { CURRENT } from '../support/workspaces.ts';

jest.setTimeout(90_000);

const SERVICE = 'conflict-detector';
const AT = { workspace: CURRENT, object: 'company' } as const;

const crm = openCrm();
let db: TwentyDb;
let pipeline: Client;
beforeAll(async () => {
  [db, pipeline] = await Promise.all([openTwentyDb(), openPipeline()]);
});
afterAll(async () => {
  await Promise.all([crm.close(), db.close(), pipeline.close()]);
});

test('a change whose schema was not registered yet: the two sides converge on one item', async () => {
  const letter = await makeLetter();
  expect(await itemsOf(CURRENT, 'company', letter.id)).toEqual([]);
  await letter.mend();
  expect(redrive(letter.key)).toContain('redriven: 1;');
  await itemWith(CURRENT, 'company', letter.id, { Title: letter.name, Employees: 7 });
  await mappingWhere(pipeline, letter.key, ({ status }) => status === 'synced');

  expect(redrive(letter.key)).toContain('redriven: 0; redriven before: 1;');
  await crm.update(CURRENT, 'company', letter.id, { employees: 8 });
  await itemWith(CURRENT, 'company', letter.id, { Title: letter.name, Employees: 8 });
  expect(await itemsOf(CURRENT, 'company', letter.id)).toHaveLength(1);
  expect(await conflictsOf(pipeline, letter.id)).toEqual([]);
  await crm.destroy(CURRENT, 'company', letter.id);
});

test('a change that was overtaken meanwhile is left alone, and the younger one stands', async () => {
  const letter = await makeLetter();
  const name = `Younger ${unique()}`;
  await crm.update(CURRENT, 'company', letter.id, { name });
  await itemWith(CURRENT, 'company', letter.id, { Title: name, Employees: 7 });
  await letter.mend();
  expect(redrive(letter.key)).toContain(
    'redriven: 0; redriven before: 0; overtaken by a newer record, left alone: 1;',
  );
  // Were it sent all the same, the merge would know it for older.
  expect(redrive(letter.key, '--force')).toContain('redriven: 1;');
  await crm.update(CURRENT, 'company', letter.id, { employees: 9 });
  await itemWith(CURRENT, 'company', letter.id, { Title: name, Employees: 9 });
  expect(await itemsOf(CURRENT, 'company', letter.id)).toHaveLength(1);
  expect(await crm.row(CURRENT, 'company', letter.id)).toMatchObject({ name, employees: 9 });
  await crm.destroy(CURRENT, 'company', letter.id);
});

/** A new company whose only record was written by a later version of its service, before the registry knew that version. */
async function makeLetter() {
  const name = `Tarn ${unique()}`;
  const { id, lsn } = await createUnseen(db, crm, AT, { name, employees: 7 });
  const key = keyOf(CURRENT, 'company', id);
  const later = laterSchema();
  const schemaId = (await register(JSON.stringify(randomSchema()))) + 1;
  const value = framed(
    schemaId,
    avro.Type.forSchema(later).toBuffer(changeOf(id, lsn, { id, name, employees: 7 })),
  );
  const topic = topics.twentyChanges.company.name;
  const partition = partitionOf(key, (await recordPartitions(topic)).length);
  await pipeline.sendRaw([{ topic, partition, key: Buffer.from(key), value, headers: {} }]);
  await eventually('the dead letter', async () =>
    (await pipeline.readAll(deadLetterTopic(SERVICE), key)).find(
      ({ headers }) => headers['dlq-code'] === 'SCHEMA_UNKNOWN',
    ),
  );
  return { id, key, name, mend: async () => expect(await register(JSON.stringify(later))).toBe(schemaId) };
}

function changeOf(recordId: string, lsn: bigint, fields: object): object {
  const ids = { workspaceId: CURRENT.id, object: 'company', recordId, custom: false };
  const rest = { transactionId: null, origin: null, unchanged: [], changed: null, committedAt: Date.now() };
  return { op: 'create', ...ids, ...rest, fields, version: { epoch: 1, lsn: Number(lsn), order: 0 } };
}

/** The schema of a change with one more field, of a name that no registry has seen. */
function laterSchema(): avro.Schema {
  const schema = JSON.parse(schemas['twenty-change'].text) as { fields: object[] };
  return {
    ...schema,
    fields: [...schema.fields, { name: `added_${unique()}`, type: 'string', default: '' }],
  } as unknown as avro.Schema;
}

function randomSchema(): object {
  return { type: 'record', name: `Any_${unique()}`, fields: [] };
}

/** Registers a schema under a subject of its own; ids are counted up over all subjects. */
async function register(schema: string): Promise<number> {
  const url = `${stackVariable('SYNC_REGISTRY_URL')}/subjects/redrive-${randomUUID()}/versions`;
  const headers = { 'Content-Type': 'application/vnd.schemaregistry.v1+json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ schema }) });
  return ((await response.json()) as { id: number }).id;
}

/** The operator's command, on the letters of one key. */
function redrive(key: string, ...more: string[]): string {
  const cli = join(process.cwd(), 'services/operator-api/src/cli.ts');
  return execFileSync(process.execPath, [cli, 'dead-letters', 'redrive', SERVICE, '--key', key, ...more], {
    encoding: 'utf8',
  });
}
