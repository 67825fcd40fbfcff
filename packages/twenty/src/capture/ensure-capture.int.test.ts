import { randomUUID } from 'node:crypto';
import {
  addCustomObject,
  addWorkspace,
  createDemoDatabase,
  DEMO_WORKSPACES,
  startThrowawayPostgres,
} from '@sync/twenty-demo';
import type { ThrowawayPostgres } from '@sync/twenty-demo';
import { Client } from 'pg';
import { schemaOfWorkspaceId } from '@sync/core';
import { aloneOnDatabase } from './alone.ts';
import { ensureCapture } from './ensure-capture.ts';
import { missingRows, tellGone } from './gone-rows.ts';
import { dropSlot } from './slot.ts';
import { forgetRefused, refusedSnapshots } from './snapshot-guard.ts';

const SCHEMAS = DEMO_WORKSPACES.map(({ id }) => schemaOfWorkspaceId(id));
const NEW_ID = '9c0ffee0-4a7b-4d2e-8a11-3f5e6d7c8b90';
const NEW_SCHEMA = schemaOfWorkspaceId(NEW_ID);

function urlAs(server: ThrowawayPostgres, role: string): string {
  return server.url().replace('postgres:postgres@', `${role}:secret@`);
}

function optionsFor(server: ThrowawayPostgres) {
  return {
    adminUrl: server.url(),
    replicationUrl: urlAs(server, 'sync_replication'),
    readerUrl: urlAs(server, 'sync_reader'),
    writerUrl: urlAs(server, 'sync_writer'),
  };
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function column(client: Client, sql: string): Promise<unknown[]> {
  const result = await client.query<Record<string, unknown>>(sql);
  return result.rows.map((row) => Object.values(row)[0]);
}

describe.each([16, 18] as const)('capture on PostgreSQL %i', (version) => {
  let server: ThrowawayPostgres;
  let admin: Client;
  let app: Client;

  beforeAll(async () => {
    server = await startThrowawayPostgres(version);
    admin = await connected(server.url());
    await admin.query(`CREATE ROLE twenty_app LOGIN PASSWORD 'secret'`);
    await admin.query('GRANT CREATE ON DATABASE postgres TO twenty_app');
    await admin.query('GRANT CREATE ON SCHEMA public TO twenty_app');
    await admin.query('CREATE EXTENSION unaccent');
    app = await connected(urlAs(server, 'twenty_app'));
    await createDemoDatabase(app);
    await app.query(`CREATE TABLE ${SCHEMAS[0]}."noKey" (word text)`);
    await app.query(`INSERT INTO ${SCHEMAS[0]}."noKey" VALUES ('before')`);
  });

  afterAll(async () => {
    await app.end();
    await admin.end();
    await server.stop();
  });

  it('is set up in one run, with nothing refused', async () => {
    const items = await ensureCapture(optionsFor(server));
    expect(items.filter(({ state }) => state === 'refused')).toEqual([]);
    expect(await column(admin, 'SELECT slot_name FROM pg_replication_slots')).toEqual([]);
  });

  it('changes nothing in the second run', async () => {
    const items = await ensureCapture(optionsFor(server));
    expect(items.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it.each(SCHEMAS)(
    'lets the application update and delete a row with a search vector in %s',
    async (schema) => {
      const updated = await app.query(`UPDATE ${schema}.company SET name = 'Renamed' WHERE position = 3`);
      expect(updated.rowCount).toBe(1);
      const deleted = await app.query(`DELETE FROM ${schema}.company WHERE position = 4`);
      expect(deleted.rowCount).toBe(1);
    },
  );

  it('lets the application write tables without a primary key, in core and in a workspace', async () => {
    const typeorm = 'core."_typeorm_generated_columns_and_materialized_views"';
    for (const [table, name] of [
      [typeorm, 'value'],
      [`${SCHEMAS[0]}."noKey"`, 'word'],
    ] as const) {
      expect((await app.query(`UPDATE ${table} SET ${name} = 'after'`)).rowCount).toBe(1);
      expect((await app.query(`DELETE FROM ${table}`)).rowCount).toBe(1);
    }
  });

  it('picks up a new workspace and a new object that the application makes', async () => {
    await addWorkspace(app, { id: NEW_ID, generation: '2.19', displayName: 'New' });
    await addCustomObject(app, { workspaceId: NEW_ID, nameSingular: 'gadget' });
    await app.query(`CREATE TABLE ${NEW_SCHEMA}."noKey" AS SELECT 'x'::text AS word`);
    const published = await column(
      admin,
      `SELECT tablename::text FROM pg_publication_tables WHERE pubname = 'twenty_sync' AND schemaname = '${NEW_SCHEMA}'`,
    );
    expect(published).toEqual(expect.arrayContaining(['company', '_gadget', 'noKey']));
    const identities = await column(
      admin,
      `SELECT DISTINCT relreplident::text FROM pg_class
        WHERE relnamespace = '${NEW_SCHEMA}'::regnamespace AND relkind = 'r'`,
    );
    expect(identities).toEqual(['f']);
    expect((await app.query(`UPDATE ${NEW_SCHEMA}.company SET name = 'Y' WHERE position = 1`)).rowCount).toBe(
      1,
    );
    expect((await app.query(`UPDATE ${NEW_SCHEMA}."noKey" SET word = 'y'`)).rowCount).toBe(1);
    const again = await ensureCapture(optionsFor(server));
    expect(again.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it('gives each role what it needs and no more', async () => {
    const reader = await connected(urlAs(server, 'sync_reader'));
    const writer = await connected(urlAs(server, 'sync_writer'));
    const replication = await connected(urlAs(server, 'sync_replication'));
    const table = `${NEW_SCHEMA}._gadget`;
    const denied = { code: '42501' };
    await reader.query('SELECT 1 FROM core."fieldMetadata" LIMIT 1');
    await reader.query(`SELECT 1 FROM ${table}`);
    await expect(reader.query(`UPDATE ${table} SET name = 'x'`)).rejects.toMatchObject(denied);
    await writer.query(`UPDATE ${table} SET name = 'x'`);
    await expect(writer.query(`DELETE FROM ${table}`)).rejects.toMatchObject(denied);
    await expect(writer.query('SELECT 1 FROM core.workspace')).rejects.toMatchObject(denied);
    await replication.query(`UPDATE cdc.heartbeat SET ts = now() WHERE id = 1`);
    await replication.query(`INSERT INTO cdc.debezium_signal VALUES ('a', 'log', '{}')`);
    await replication.query(`DELETE FROM cdc.debezium_signal WHERE id = 'a'`);
    await expect(replication.query(`UPDATE ${table} SET name = 'x'`)).rejects.toMatchObject(denied);
    await Promise.all([reader.end(), writer.end(), replication.end()]);
  });

  it('corrects a password that no longer fits', async () => {
    await admin.query(`ALTER ROLE sync_reader PASSWORD 'another'`);
    const items = await ensureCapture(optionsFor(server));
    expect(items.filter(({ state }) => state !== 'ok')).toEqual([
      { item: 'role sync_reader', state: 'changed', detail: '' },
    ]);
    await (await connected(urlAs(server, 'sync_reader'))).end();
  });

  it('says what an administrator without the rights could not do, and leaves the application alone', async () => {
    await admin.query(`CREATE ROLE lesser LOGIN CREATEROLE PASSWORD 'secret'`);
    await admin.query('GRANT CREATE ON DATABASE postgres TO lesser');
    await admin.query(`CREATE SCHEMA workspace_zzz CREATE TABLE t (id int)`);
    const items = await ensureCapture({ ...optionsFor(server), adminUrl: urlAs(server, 'lesser') });
    const refused = items.filter(({ state }) => state === 'refused');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ detail }) => detail.length > 0)).toBe(true);
    expect((await app.query(`UPDATE ${SCHEMAS[0]}.company SET name = 'Z' WHERE position = 1`)).rowCount).toBe(
      1,
    );
  });

  it('publishes table by table where only the owner of the tables may run it', async () => {
    await admin.query(`ALTER ROLE twenty_app CREATEROLE`);
    const items = await ensureCapture({
      ...optionsFor(server),
      adminUrl: urlAs(server, 'twenty_app'),
      publication: 'by_owner',
      slot: 'by_owner',
    });
    const line = items.find(({ item }) => item === `publication of schema ${SCHEMAS[0]}`);
    expect(line).toMatchObject({ state: 'changed' });
    expect(line?.detail).toContain('table by table');
    const update = app.query(`UPDATE ${SCHEMAS[0]}.company SET name = 'Q' WHERE position = 1`);
    await expect(update).resolves.toMatchObject({ rowCount: 1 });
    await admin.query('DROP PUBLICATION by_owner');
  });

  it('gives up the slot of the capture, and is content when there is none', async () => {
    await admin.query(`SELECT pg_create_logical_replication_slot('twenty_sync', 'pgoutput')`);
    await dropSlot(optionsFor(server));
    expect(await column(admin, 'SELECT slot_name FROM pg_replication_slots')).toEqual([]);
    await dropSlot(optionsFor(server));
  });

  it('refuses a snapshot whose rows are not read as of one moment, and tells so until it is forgotten', async () => {
    const read = 'SELECT id FROM cdc.snapshot_guard';
    const replication = await connected(urlAs(server, 'sync_replication'));
    await replication.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    expect(await column(replication, read)).toEqual([]);
    await replication.query('COMMIT');
    expect(await refusedSnapshots(optionsFor(server))).toBe(0);
    await replication.query('BEGIN');
    await expect(replication.query(read)).rejects.toMatchObject({ hint: 'npm run sync -- recover' });
    await replication.end();
    expect(await refusedSnapshots(optionsFor(server))).toBe(1);
    const refused = (await ensureCapture(optionsFor(server))).filter(({ state }) => state === 'refused');
    expect(refused.map(({ item }) => item)).toEqual(['snapshots of sync_replication']);
    await forgetRefused(optionsFor(server));
    expect(await refusedSnapshots(optionsFor(server))).toBe(0);
  });

  it('lets one work alone on a database, and says so to the second', async () => {
    const second = () => aloneOnDatabase(server.url(), async () => undefined);
    await aloneOnDatabase(server.url(), () =>
      expect(second()).rejects.toThrow('another recovery is under way'),
    );
    await second();
  });

  it('finds the rows that are gone, and tells their deletes in the log', async () => {
    const [id] = await column(admin, `SELECT id::text FROM ${SCHEMAS[0]}.company LIMIT 1`);
    const row = (table: string, some: unknown) => ({ schema: SCHEMAS[0] ?? '', table, id: String(some) });
    const [there, gone, nowhere] = [row('company', id), row('company', randomUUID()), row('_gone', '1')];
    expect(await missingRows(server.url(), [there, gone, nowhere])).toEqual([gone, nowhere]);
    await admin.query(`SELECT pg_create_logical_replication_slot('reader', 'test_decoding')`);
    await tellGone(server.url(), [gone]);
    const told = await column(admin, `SELECT data FROM pg_logical_slot_get_changes('reader', NULL, NULL)`);
    await admin.query(`SELECT pg_drop_replication_slot('reader')`);
    expect(told.join()).toContain(`prefix: twenty_sync.gone, sz: ${JSON.stringify(gone).length}`);
  });

  it('heals a publication that hides generated columns, which blocks the application on 18 only', async () => {
    await admin.query('DROP PUBLICATION twenty_sync');
    await admin.query(`CREATE PUBLICATION twenty_sync FOR TABLES IN SCHEMA ${SCHEMAS.join(', ')}`);
    const update = () => app.query(`UPDATE ${SCHEMAS[0]}.company SET name = 'R' WHERE position = 1`);
    if (version === 18) await expect(update()).rejects.toMatchObject({ code: '42P10' });
    else await expect(update()).resolves.toMatchObject({ rowCount: 1 });
    await ensureCapture(optionsFor(server));
    await expect(update()).resolves.toMatchObject({ rowCount: 1 });
  });
});

describe('a server that cannot be captured', () => {
  it('is told to turn wal_level to logical', async () => {
    const server = await startThrowawayPostgres(16, { wal_level: 'replica' });
    try {
      await expect(ensureCapture(optionsFor(server))).rejects.toThrow(
        /wal_level is "replica".*ALTER SYSTEM SET/,
      );
    } finally {
      await server.stop();
    }
  });
});
