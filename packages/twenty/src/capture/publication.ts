import { ident, qualified, sqlState } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureReport, ItemState, StepAnswer } from './capture-report.ts';
import { CDC_SCHEMA } from './capture-options.ts';
import { writableWhenPublished } from './replica-identity.ts';
import type { TableIdentity } from './replica-identity.ts';

/** Since PostgreSQL 18 generated columns must be published, or UPDATE fails under REPLICA IDENTITY FULL (42P10). */
const GENERATED_OPTION_SINCE = 180000;

/**
 * Repairs a publication that was made before the server became PostgreSQL 18. To be run before any table gets
 * REPLICA IDENTITY FULL.
 */
export async function ensurePublicationOption(
  db: Queryable,
  publication: string,
  serverVersion: number,
  report: CaptureReport,
): Promise<void> {
  if (serverVersion < GENERATED_OPTION_SINCE) return;
  await report.step(`publication ${publication} publishes generated columns`, async () => {
    const found = await db.query('SELECT pubgencols FROM pg_publication WHERE pubname = $1', [publication]);
    const option = found.rows[0]?.['pubgencols'];
    if (option === undefined || option === 's') return 'ok';
    await db.query(`ALTER PUBLICATION ${ident(publication)} SET (publish_generated_columns = stored)`);
    return 'changed';
  });
}

async function createPublication(
  db: Queryable,
  publication: string,
  serverVersion: number,
): Promise<StepAnswer> {
  const found = await db.query('SELECT puballtables FROM pg_publication WHERE pubname = $1', [publication]);
  if (found.rows[0]?.['puballtables'] === true) {
    return [
      'refused',
      'it is FOR ALL TABLES, which makes tables without a key unwritable; drop it and run again',
    ];
  }
  if (found.rows[0]) return 'ok';
  const option = serverVersion >= GENERATED_OPTION_SINCE ? ' WITH (publish_generated_columns = stored)' : '';
  await db.query(`CREATE PUBLICATION ${ident(publication)}${option}`);
  return 'created';
}

async function publishedSchemas(db: Queryable, publication: string): Promise<ReadonlySet<string>> {
  const found = await db.query(
    `SELECT n.nspname FROM pg_publication p JOIN pg_publication_namespace pn ON pn.pnpubid = p.oid
       JOIN pg_namespace n ON n.oid = pn.pnnspid WHERE p.pubname = $1`,
    [publication],
  );
  return new Set(found.rows.map((row) => String(row['nspname'])));
}

async function publishedTables(
  db: Queryable,
  publication: string,
  schema: string,
): Promise<ReadonlySet<string>> {
  const found = await db.query(
    'SELECT tablename FROM pg_publication_tables WHERE pubname = $1 AND schemaname = $2',
    [publication, schema],
  );
  return new Set(found.rows.map((row) => String(row['tablename'])));
}

/** For servers where only a superuser may publish a schema: its tables one by one, again on every run. */
async function publishTables(
  db: Queryable,
  publication: string,
  schema: string,
  tables: readonly TableIdentity[],
): Promise<StepAnswer> {
  const there = await publishedTables(db, publication, schema);
  const missing = tables.filter((table) => !there.has(table.table));
  for (const { table } of missing) {
    await db.query(`ALTER PUBLICATION ${ident(publication)} ADD TABLE ${qualified(schema, table)}`);
  }
  const detail = `table by table (not a superuser): run ensure on a timer for new tables, ${missing.length} added`;
  return [missing.length > 0 ? 'changed' : 'ok', detail];
}

async function publishSchema(
  db: Queryable,
  publication: string,
  schema: string,
  tables: readonly TableIdentity[],
): Promise<StepAnswer> {
  const stuck = tables.filter((table) => !writableWhenPublished(table)).map(({ table }) => table);
  if (stuck.length > 0) {
    return ['refused', `published, these tables could not be written any more: ${stuck.join(', ')}`];
  }
  try {
    await db.query(`ALTER PUBLICATION ${ident(publication)} ADD TABLES IN SCHEMA ${ident(schema)}`);
    return 'created';
  } catch (error) {
    if (sqlState(error) !== '42501') throw error;
    return publishTables(db, publication, schema, tables);
  }
}

/**
 * The publication with every workspace schema and `cdc`. A schema is added only when all its tables stay writable,
 * so `tables` must have been read after their replica identities were set.
 */
export async function ensurePublication(
  db: Queryable,
  wanted: {
    readonly publication: string;
    readonly serverVersion: number;
    readonly schemas: readonly string[];
  },
  tables: readonly TableIdentity[],
  report: CaptureReport,
): Promise<void> {
  const { publication, serverVersion } = wanted;
  const state: ItemState = await report.step(`publication ${publication}`, () =>
    createPublication(db, publication, serverVersion),
  );
  if (state === 'refused') return;
  const there = await publishedSchemas(db, publication);
  for (const schema of [CDC_SCHEMA, ...wanted.schemas]) {
    const own = tables.filter((table) => table.schema === schema);
    await report.step(`publication of schema ${schema}`, () =>
      there.has(schema) ? Promise.resolve('ok' as const) : publishSchema(db, publication, schema, own),
    );
  }
}
