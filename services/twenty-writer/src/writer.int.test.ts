/** The writer on a real PostgreSQL with Twenty's tables, of the current generation and of the old one. */
import { randomUUID } from 'node:crypto';
import { topics } from '@sync/core';
import type { TwentyMetadata, TwentyWrite, WriteResult } from '@sync/core';
import { discover, ensureCapture, openRowWriter } from '@sync/twenty';
import type { RowWriter, TwentyWorkspace } from '@sync/twenty';
import { DEMO_WORKSPACES, createDemoDatabase, stableId, startThrowawayPostgres } from '@sync/twenty-demo';
import type { ThrowawayPostgres } from '@sync/twenty-demo';
import { Client } from 'pg';
import type { Job } from './job.ts';
import { createRecent } from '@sync/core';
import { born, dead, wish } from './testing/fixtures.ts';
import { createWriter } from './writer.ts';

const IDS = DEMO_WORKSPACES.map(({ id }) => id);
let server: ThrowawayPostgres;
let admin: Client;
let rows: RowWriter;
let metadata: Map<string, TwentyMetadata>;

beforeAll(async () => {
  server = await startThrowawayPostgres(16);
  admin = new Client({ connectionString: server.url() });
  await admin.connect();
  await createDemoDatabase(admin);
  const urlAs = (role: string): string => server.url().replace('postgres:postgres@', `${role}:secret@`);
  const [replicationUrl, readerUrl, writerUrl] = [
    urlAs('sync_replication'),
    urlAs('sync_reader'),
    urlAs('sync_writer'),
  ];
  await ensureCapture({ adminUrl: server.url(), replicationUrl, readerUrl, writerUrl });
  metadata = new Map((await discover(admin)).map((workspace) => [workspace.id, metadataOf(workspace)]));
  rows = openRowWriter({ url: writerUrl });
});

afterAll(async () => {
  await rows.close();
  await admin.end();
  await server.stop();
});

function metadataOf({ id, schema, displayName, metadataVersion, objects }: TwentyWorkspace): TwentyMetadata {
  const shown = objects.map(({ nameSingular, table, custom, columns }) => ({
    name: nameSingular,
    table: table ?? '',
    custom,
    columns: columns.map(({ name, type, nullable, enumValues }) => ({
      name,
      type,
      nullable,
      options: enumValues ?? [],
    })),
  }));
  return { workspaceId: id, schema, displayName, metadataVersion, objects: shown };
}

/** A command for a demo company, or another record, of a demo workspace. */
function command(index: number, overrides: Partial<TwentyWrite>, workspaceId = IDS[0] ?? ''): TwentyWrite {
  const recordId = stableId(workspaceId, 'company', index);
  const ids = { commandId: randomUUID(), workspaceId, object: 'company', recordId };
  const place = { tenantId: 't1', siteId: 's1', listId: 'l1', itemId: null };
  return {
    ...ids,
    ...place,
    wishes: [],
    expected: {},
    exists: true,
    diedAt: null,
    changedAt: null,
    issuedAt: 0,
    ...overrides,
  };
}

/** Carries out a command with a writer that remembers nothing. */
async function write(given: TwentyWrite): Promise<WriteResult> {
  const memory = createRecent<Job['sources']>(10);
  const process = createWriter({
    metadataOf: (id) => metadata.get(id),
    rows,
    memory,
    epoch: 1,
    now: Date.now,
  });
  const key = `${given.workspaceId}|${given.object}|${given.recordId}`;
  const outcome = await process({
    topic: topics.twentyWrites,
    key,
    value: given,
    partition: 0,
    offset: '0',
    timestamp: 0,
    headers: {},
  });
  if (outcome.kind !== 'emit') throw new Error(`the writer gave no answer but ${outcome.kind}`);
  return outcome.stages[0]?.[0]?.value as WriteResult;
}

async function stored(given: TwentyWrite): Promise<Record<string, unknown> | undefined> {
  const schema = metadata.get(given.workspaceId)?.schema ?? '';
  const found = await admin.query<Record<string, unknown>>(
    `SELECT * FROM ${schema}.${given.object} WHERE id = $1`,
    [given.recordId],
  );
  return found.rows[0];
}

async function set(given: TwentyWrite, sql: string): Promise<void> {
  const schema = metadata.get(given.workspaceId)?.schema ?? '';
  await admin.query(`UPDATE ${schema}.${given.object} SET ${sql} WHERE id = $1`, [given.recordId]);
}

/** The canonical values of a row, as a write shows them that must be stale. */
async function seen(given: TwentyWrite, fields: readonly string[]): Promise<TwentyWrite['expected']> {
  const { picture } = await write({ ...given, wishes: [wish('name', 'x')], expected: { name: 'never so' } });
  return Object.fromEntries(fields.map((field) => [field, picture?.values[field] ?? null]));
}

test.each(IDS)(
  'sets fields that hold what was last seen, and again for a repeated command (%s)',
  async (workspaceId) => {
    const plain = command(0, {}, workspaceId);
    const expected = await seen(plain, ['name', 'employees']);
    const given = { ...plain, wishes: [wish('name', 'Renamed'), wish('employees', '41')], expected };
    expect(await write(given)).toMatchObject({ kind: 'written', attempts: 1 });
    expect(await stored(given)).toMatchObject({ name: 'Renamed', employees: 41 });
    expect(await write(given)).toMatchObject({
      kind: 'alreadySo',
      picture: { values: { name: 'Renamed', employees: '41' } },
    });
  },
);

test.each(IDS)('clears a field, and sets it from nothing (%s)', async (workspaceId) => {
  const plain = command(1, {}, workspaceId);
  const { name = null } = await seen(plain, ['name']);
  expect(await write({ ...plain, wishes: [wish('name', null)], expected: { name } })).toMatchObject({
    kind: 'written',
  });
  expect(await write({ ...plain, wishes: [wish('name', 'Back')], expected: { name: null } })).toMatchObject({
    kind: 'written',
  });
});

test('replaces no value that it has not seen', async () => {
  const given = command(2, { wishes: [wish('name', 'Mine')], expected: { name: 'Theirs before' } });
  await set(given, `name = 'Theirs'`);
  expect(await write(given)).toMatchObject({ kind: 'stale', picture: { values: { name: 'Theirs' } } });
  expect(await stored(given)).toMatchObject({ name: 'Theirs' });
});

test('replaces a value that is finer than its canonical form', async () => {
  const given = command(3, {
    wishes: [wish('domainName', 'https://new.example')],
    expected: { domainName: 'https://old.example' },
  });
  await set(given, `"domainNamePrimaryLinkUrl" = 'HTTPS://Old.example/'`);
  expect(await write(given)).toMatchObject({ kind: 'written', attempts: 2 });
  expect(await stored(given)).toMatchObject({ domainNamePrimaryLinkUrl: 'https://new.example' });
});

test('makes a record that was born in SharePoint, once', async () => {
  const wishes = [born, wish('name', 'Born'), wish('annualRevenue', '["9007199254740993.000001","EUR"]')];
  const given = command(0, { recordId: randomUUID(), exists: false, wishes });
  expect(await write(given)).toMatchObject({ kind: 'written', refusals: [] });
  expect(await write(given)).toMatchObject({ kind: 'alreadySo', picture: { exists: true } });
  expect(await write({ ...given, wishes: [born, wish('name', 'Other')] })).toMatchObject({ kind: 'stale' });
});

test('deletes softly, writes nothing into a deleted row, and restores it', async () => {
  const given = command(4, { wishes: [dead] });
  const expected = await seen(given, ['name']);
  expect(await write(given)).toMatchObject({ kind: 'written' });
  expect((await stored(given))?.['deletedAt']).toBeInstanceOf(Date);
  expect(await write(given)).toMatchObject({ kind: 'alreadySo', picture: { exists: false } });
  expect(await write({ ...given, wishes: [wish('name', 'Ghost')], expected })).toMatchObject({
    kind: 'stale',
    picture: { exists: false },
  });
  expect(await write({ ...given, wishes: [born, wish('name', 'Alive')], expected })).toMatchObject({
    kind: 'written',
  });
  expect(await stored(given)).toMatchObject({ name: 'Alive', deletedAt: null });
});

test('answers for a record that is gone', async () => {
  const given = command(0, { recordId: randomUUID(), wishes: [wish('name', 'x')], expected: { name: 'y' } });
  expect(await write(given)).toMatchObject({ kind: 'stale', picture: { exists: false, values: {} } });
  expect(await write({ ...given, wishes: [dead] })).toMatchObject({ kind: 'alreadySo' });
});

test('refuses a domain that a deleted record holds, and writes the rest', async () => {
  const holder = command(5, {});
  await set(holder, `"domainNamePrimaryLinkUrl" = 'https://held.example', "deletedAt" = now()`);
  const given = command(6, {});
  const expected = await seen(given, ['name', 'domainName']);
  const answer = await write({
    ...given,
    wishes: [wish('name', 'Rest'), wish('domainName', 'https://held.example')],
    expected,
  });
  expect(answer).toMatchObject({
    kind: 'written',
    refusals: [{ field: 'domainName', code: 'unique-violation' }],
  });
  expect(await stored(given)).toMatchObject({ name: 'Rest' });
});

test('refuses an option that Twenty does not have, and a reference to nobody', async () => {
  const recordId = stableId(IDS[0] ?? '', 'opportunity', 0);
  const given = command(0, { object: 'opportunity', recordId });
  const wishes = [wish('stage', 'NO_SUCH'), wish('company', randomUUID())];
  const expected = await seen(given, ['stage', 'company']);
  const answer = await write({ ...given, wishes, expected });
  expect(answer.kind).toBe('refused');
  expect(answer.refusals.map(({ field, code }) => [field, code])).toEqual([
    ['stage', 'no-such-option'],
    ['company', 'no-such-record'],
  ]);
});

test('gives versions that sort after every change of the row so far', async () => {
  const given = command(7, {});
  const expected = await seen(given, ['name']);
  const first = await write({ ...given, wishes: [wish('name', 'One')], expected });
  const second = await write({ ...given, wishes: [wish('name', 'Two')], expected: { name: 'One' } });
  expect(second.version > first.version).toBe(true);
});
