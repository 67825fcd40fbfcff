/**
 * Refuses every snapshot that does not begin with a slot of its own. Debezium takes such a one when its task starts again before it
 * has a position: it finds the slot of its first try, notes a place in the log, and reads each row outside of any transaction that
 * would hold it to that place (`docs/decisions/0019`). Where rows and slot belong together it reads as REPEATABLE READ, and only there:
 * that is what the policy of a table looks at which is read before all rows of Twenty.
 */
import { withDatabase } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureOptions } from './capture-options.ts';
import type { CaptureReport, StepAnswer } from './capture-report.ts';
import { ensureFunction } from './cdc-function.ts';

/** A sequence keeps its count though the transaction that is refused is rolled back. */
const BODY = `
BEGIN
  IF current_setting('transaction_isolation') = 'repeatable read' THEN
    RETURN false;
  END IF;
  PERFORM nextval('cdc.refused_snapshots');
  RAISE EXCEPTION 'a snapshot must begin with a slot of its own, this one found a slot: its rows and the log would not join'
    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'npm run sync -- recover';
END`;

const TABLE = `
CREATE TABLE cdc.snapshot_guard (id int PRIMARY KEY);
INSERT INTO cdc.snapshot_guard VALUES (1);
ALTER TABLE cdc.snapshot_guard ENABLE ROW LEVEL SECURITY;
CREATE POLICY exact ON cdc.snapshot_guard USING (cdc.exact_snapshot())`;

/** The table that a snapshot reads first, its policy, and the count of the refused. */
export async function ensureSnapshotGuard(db: Queryable, report: CaptureReport): Promise<void> {
  await report.step('sequence cdc.refused_snapshots', () =>
    make(db, 'refused_snapshots', 'CREATE SEQUENCE cdc.refused_snapshots'),
  );
  await report.step('function cdc.exact_snapshot', () =>
    ensureFunction(db, { name: 'exact_snapshot', returns: 'boolean', body: BODY }),
  );
  await report.step('table cdc.snapshot_guard', () => make(db, 'snapshot_guard', TABLE));
}

/** A role that no policy holds for would read unguarded; and a snapshot that was refused is not tried again by itself. */
export async function checkSnapshots(db: Queryable, role: string, report: CaptureReport): Promise<void> {
  await report.step(`snapshots of ${role}`, async () => {
    const found = await db.query('SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = $1', [
      role,
    ]);
    if (found.rows[0]?.['free'] === true)
      return ['refused', `no policy holds for ${role}: take SUPERUSER and BYPASSRLS from it`];
    if ((await countRefused(db)) === 0) return 'ok';
    return ['refused', 'a snapshot was broken off and cannot go on: npm run sync -- recover'];
  });
}

/** How many snapshots were refused since `forgetRefused`. */
export function refusedSnapshots(options: CaptureOptions): Promise<number> {
  return withDatabase(options.adminUrl, countRefused);
}

/** Begins to count anew. */
export async function forgetRefused(options: CaptureOptions): Promise<void> {
  await withDatabase(options.adminUrl, (db) => db.query(`SELECT setval('cdc.refused_snapshots', 1, false)`));
}

async function countRefused(db: Queryable): Promise<number> {
  const found = await db.query('SELECT last_value, is_called FROM cdc.refused_snapshots');
  return found.rows[0]?.['is_called'] === true ? Number(found.rows[0]['last_value']) : 0;
}

async function make(db: Queryable, name: string, sql: string): Promise<StepAnswer> {
  const found = await db.query('SELECT to_regclass($1) IS NOT NULL AS there', [`cdc.${name}`]);
  if (found.rows[0]?.['there'] === true) return 'ok';
  await db.query(sql);
  return 'created';
}
