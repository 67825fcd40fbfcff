/** Rows that the stream still knows and Twenty does not have any more. */
import { GONE_PREFIX } from '@sync/core';
import type { GoneRow } from '@sync/core';
import { qualified, withDatabase } from '../sql.ts';
import type { Queryable } from '../sql.ts';

/** Those of the rows that are not there; a table that is not there has none of them. */
export async function missingRows(adminUrl: string, rows: readonly GoneRow[]): Promise<GoneRow[]> {
  return withDatabase(adminUrl, async (db) => {
    const byTable = Map.groupBy(rows, ({ schema, table }) => qualified(schema, table));
    const missing: GoneRow[] = [];
    for (const [name, some] of byTable) missing.push(...(await missingIn(db, name, some)));
    return missing;
  });
}

/** Puts the deletes into PostgreSQL's log, from where the capture takes them. */
export async function tellGone(adminUrl: string, rows: readonly GoneRow[]): Promise<void> {
  await withDatabase(adminUrl, async (db) => {
    for (const { schema, table, id } of rows)
      await db.query('SELECT pg_logical_emit_message(true, $1, $2::text)', [
        GONE_PREFIX,
        JSON.stringify({ schema, table, id }),
      ]);
  });
}

async function missingIn(db: Queryable, name: string, rows: readonly GoneRow[]): Promise<readonly GoneRow[]> {
  const there = await db.query('SELECT to_regclass($1) IS NOT NULL AS there', [name]);
  if (there.rows[0]?.['there'] !== true) return rows;
  const found = await db.query(`SELECT id::text FROM ${name} WHERE id::text = ANY($1)`, [
    rows.map(({ id }) => id),
  ]);
  const alive = new Set(found.rows.map((row) => row['id']));
  return rows.filter(({ id }) => !alive.has(id));
}
