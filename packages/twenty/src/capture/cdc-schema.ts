import { ident } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureNames } from './capture-options.ts';
import type { CaptureReport, StepAnswer } from './capture-report.ts';
import { ensureSnapshotGuard } from './snapshot-guard.ts';

const TABLES = {
  heartbeat: 'CREATE TABLE cdc.heartbeat (id int PRIMARY KEY, ts timestamptz)',
  debezium_signal: 'CREATE TABLE cdc.debezium_signal (id text PRIMARY KEY, type text, data text)',
} as const;

async function present(db: Queryable, sql: string): Promise<boolean> {
  const found = await db.query(`SELECT (${sql}) AS present`);
  return found.rows[0]?.['present'] === true;
}

async function ensureTable(db: Queryable, name: keyof typeof TABLES): Promise<StepAnswer> {
  if (await present(db, `to_regclass('cdc.${name}') IS NOT NULL`)) return 'ok';
  await db.query(TABLES[name]);
  return 'created';
}

/** The row that Debezium's heartbeat query updates: without it the query would touch nothing. */
async function ensureHeartbeatRow(db: Queryable): Promise<StepAnswer> {
  const made = await db.query(
    'INSERT INTO cdc.heartbeat (id, ts) VALUES (1, now()) ON CONFLICT DO NOTHING RETURNING id',
  );
  return made.rows.length > 0 ? 'created' : 'ok';
}

/** The schema `cdc` with the tables Debezium needs. */
export async function ensureCdcSchema(db: Queryable, report: CaptureReport): Promise<void> {
  await report.step('schema cdc', async () => {
    if (await present(db, `to_regnamespace('cdc') IS NOT NULL`)) return 'ok';
    await db.query('CREATE SCHEMA cdc');
    return 'created';
  });
  await report.step('table cdc.heartbeat', () => ensureTable(db, 'heartbeat'));
  await report.step('row of cdc.heartbeat', () => ensureHeartbeatRow(db));
  await report.step('table cdc.debezium_signal', () => ensureTable(db, 'debezium_signal'));
  await ensureSnapshotGuard(db, report);
}

/** What Debezium may do in `cdc`: read all, beat, and leave signals. */
export async function grantCdc(db: Queryable, names: CaptureNames, report: CaptureReport): Promise<void> {
  const { role } = names.replication;
  await report.step(`grants of ${role} on cdc`, async () => {
    const had = await db.query(
      `SELECT has_schema_privilege($1, 'cdc', 'USAGE')
          AND has_table_privilege($1, 'cdc.heartbeat', 'SELECT') AND has_table_privilege($1, 'cdc.heartbeat', 'UPDATE')
          AND has_table_privilege($1, 'cdc.debezium_signal', 'SELECT')
          AND has_table_privilege($1, 'cdc.debezium_signal', 'INSERT')
          AND has_table_privilege($1, 'cdc.debezium_signal', 'DELETE')
          AND has_table_privilege($1, 'cdc.snapshot_guard', 'SELECT') AS had`,
      [role],
    );
    if (had.rows[0]?.['had'] === true) return 'ok';
    await db.query(`GRANT USAGE ON SCHEMA cdc TO ${ident(role)}`);
    await db.query(`GRANT SELECT ON cdc.snapshot_guard TO ${ident(role)}`);
    await db.query(`GRANT SELECT, UPDATE ON cdc.heartbeat TO ${ident(role)}`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON cdc.debezium_signal TO ${ident(role)}`);
    return 'created';
  });
}
