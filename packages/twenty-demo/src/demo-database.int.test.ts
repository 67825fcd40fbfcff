import pg from 'pg';
import { addCustomField, addCustomObject, addSelectOption } from './custom-metadata.ts';
import { createDemoDatabase, DEMO_WORKSPACES } from './demo-database.ts';
import { field } from './model.ts';
import { startThrowawayPostgres } from './throwaway-postgres.ts';
import type { ThrowawayPostgres } from './throwaway-postgres.ts';
import { makeVisibleChange } from './visible-change.ts';
import { workspacePlace } from './workspace-place.ts';

const [current, old] = DEMO_WORKSPACES.map(({ id, generation }) => workspacePlace(id, generation));
let server: ThrowawayPostgres;
let client: pg.Client;

beforeAll(async () => {
  server = await startThrowawayPostgres(16);
  client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await createDemoDatabase(client);
});

afterAll(async () => {
  await client.end();
  await server.stop();
});

async function one(sql: string): Promise<Record<string, unknown>> {
  const result = await client.query<Record<string, unknown>>(sql);
  return result.rows[0] ?? {};
}

describe('the demo database', () => {
  it('has the same invented rows in both generations', async () => {
    for (const schema of [current?.schema, old?.schema]) {
      const counts = await one(`SELECT (SELECT count(*)::int FROM ${schema}.company) AS companies,
        (SELECT count(*)::int FROM ${schema}.person) AS people,
        (SELECT count(*)::int FROM ${schema}.opportunity) AS opportunities`);
      expect(counts).toEqual({ companies: 12, people: 20, opportunities: 12 });
    }
  });

  it('is left alone when it is there', async () => {
    expect((await createDemoDatabase(client)).created).toBe(false);
  });

  it('keeps a unique value blocked by a soft-deleted row in 2.19, and not in 1.5', async () => {
    for (const schema of [current?.schema, old?.schema]) {
      await client.query(`INSERT INTO ${schema}.company (name, "domainNamePrimaryLinkUrl", "deletedAt")
        VALUES ('Gone', 'https://gone.example', now())`);
    }
    const again = (schema?: string) =>
      client.query(
        `INSERT INTO ${schema}.company ("domainNamePrimaryLinkUrl") VALUES ('https://gone.example')`,
      );
    await expect(again(current?.schema)).rejects.toMatchObject({ code: '23505' });
    await expect(again(old?.schema)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('has empty text in 1.5 where 2.19 has NULL', async () => {
    const read = (schema?: string) =>
      one(`INSERT INTO ${schema}.person DEFAULT VALUES RETURNING "jobTitle", "nameFirstName"`);
    expect(await read(current?.schema)).toEqual({ jobTitle: null, nameFirstName: null });
    expect(await read(old?.schema)).toEqual({ jobTitle: '', nameFirstName: '' });
  });

  it('finds a company by its search vector', async () => {
    const found = await one(
      `SELECT name FROM ${current?.schema}.company WHERE "searchVector" @@ to_tsquery('simple', 'brindlewick')`,
    );
    expect(found['name']).toBe('Brindlewick Dairy');
  });

  it('makes a visible change', async () => {
    const done = await makeVisibleChange(client, current?.workspaceId ?? '');
    expect(done.after).toBe(`${done.before} (edit 1)`);
  });
});

describe.each(['2.19', '1.5'] as const)('a custom object and field in %s', (generation) => {
  const workspaceId = (generation === '2.19' ? current : old)?.workspaceId ?? '';
  const schema = (generation === '2.19' ? current : old)?.schema ?? '';

  it('has a table with an underscore, and links from the four linking tables', async () => {
    expect(await addCustomObject(client, { workspaceId, nameSingular: 'gadget' })).toBe('_gadget');
    const column = generation === '2.19' ? 'targetGadgetId' : 'gadgetId';
    const found = await one(`SELECT count(*)::int AS links FROM information_schema.columns
      WHERE table_schema = '${schema}' AND column_name = '${column}'`);
    expect(found['links']).toBe(4);
  });

  it('gets a column and keeps its values when an option is added', async () => {
    const color = field('color', 'SELECT', { options: ['RED', 'BLUE'], defaultSql: "'RED'" });
    await addCustomField(client, { workspaceId, object: 'gadget', field: color });
    const actor = generation === '2.19' ? ', "updatedByName"' : '';
    const value = generation === '2.19' ? ", 'Demo'" : '';
    await client.query(
      `INSERT INTO ${schema}._gadget (name, "createdByName"${actor}, color) VALUES ('One', 'Demo'${value}, 'BLUE')`,
    );
    await addSelectOption(client, { workspaceId, object: 'gadget', field: 'color', value: 'GREEN' });
    expect(await one(`SELECT color FROM ${schema}._gadget`)).toEqual({ color: 'BLUE' });
    await client.query(`UPDATE ${schema}._gadget SET color = 'GREEN'`);
    expect(await one(`SELECT color FROM ${schema}._gadget`)).toEqual({ color: 'GREEN' });
  });
});
