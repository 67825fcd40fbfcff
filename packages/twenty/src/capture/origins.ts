import { ident } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import { WRITER_ORIGINS } from './capture-options.ts';
import type { CaptureReport } from './capture-report.ts';

/** What the writer's connections need to mark their changes; reserved to superusers unless granted. */
const FUNCTIONS = [
  'pg_replication_origin_session_setup(text)',
  'pg_replication_origin_session_reset()',
  'pg_replication_origin_xact_setup(pg_lsn, timestamp with time zone)',
];

/** Replication origins by which the pipeline's own changes are known in the WAL, and the right to use them. */
export async function ensureOrigins(db: Queryable, writer: string, report: CaptureReport): Promise<void> {
  for (const origin of WRITER_ORIGINS) {
    await report.step(`replication origin ${origin}`, async () => {
      const found = await db.query('SELECT 1 FROM pg_replication_origin WHERE roname = $1', [origin]);
      if (found.rows.length > 0) return 'ok';
      await db.query('SELECT pg_replication_origin_create($1)', [origin]);
      return 'created';
    });
  }
  await report.step(`grants of ${writer} on replication origins`, async () => {
    const had = await db.query(
      `SELECT bool_and(has_function_privilege($1, f, 'EXECUTE')) AS had FROM unnest($2::text[]) f`,
      [writer, FUNCTIONS.map((name) => `pg_catalog.${name}`)],
    );
    if (had.rows[0]?.['had'] === true) return 'ok';
    for (const name of FUNCTIONS) {
      await db.query(`GRANT EXECUTE ON FUNCTION pg_catalog.${name} TO ${ident(writer)}`);
    }
    return 'created';
  });
}
