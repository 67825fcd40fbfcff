import type { Queryable } from '../sql.ts';
import { sqlState } from '../sql.ts';
import type { TwentyColumn } from './catalog-model.ts';

/** A row of a core table as JSON: whatever columns that version of Twenty has. */
export type RawRow = Readonly<Record<string, unknown>>;

/** A column together with where it is. */
export interface RawColumn extends TwentyColumn {
  readonly schema: string;
  readonly table: string;
}

/** What discovery reads, before it is understood. */
export interface RawCatalog {
  readonly workspaces: readonly RawRow[];
  readonly dataSources: readonly RawRow[];
  /** Since 1.16: who owns a metadata row. */
  readonly applications: readonly RawRow[];
  readonly objects: readonly RawRow[];
  readonly fields: readonly RawRow[];
  readonly columns: readonly RawColumn[];
}

/** Rows as JSON, so that a column that another version lacks is no error; no rows when the table is not there. */
async function rowsOf(db: Queryable, table: string): Promise<readonly RawRow[]> {
  try {
    const found = await db.query(`SELECT to_jsonb(t) AS row FROM core.${table} t`);
    return found.rows.map(({ row }) => (typeof row === 'string' ? JSON.parse(row) : row) as RawRow);
  } catch (error) {
    if (sqlState(error) === '42P01') return [];
    throw error;
  }
}

/** The SELECT of columns; `where` narrows it to schemas or to one table. */
export function columnsSql(where: string): string {
  return `SELECT n.nspname::text AS schema, c.relname::text AS table, a.attname::text AS name,
       format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
       a.attgenerated <> '' AS generated, a.atthasdef AND a.attgenerated = '' AS "hasDefault",
       COALESCE(e.typname, t.typname)::text AS "baseType", t.typcategory = 'A' AS "isArray",
       CASE WHEN COALESCE(e.typtype, t.typtype) = 'e' THEN
         to_json(ARRAY(SELECT l.enumlabel::text FROM pg_enum l
                        WHERE l.enumtypid = COALESCE(e.oid, t.oid) ORDER BY l.enumsortorder)) END AS "enumValues"
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
 WHERE a.attnum > 0 AND NOT a.attisdropped AND ${where}
 ORDER BY 1, 2, a.attnum`;
}

/** Reads everything discovery needs; six SELECTs. */
export async function readRawCatalog(db: Queryable): Promise<RawCatalog> {
  const workspaces = await rowsOf(db, 'workspace');
  const dataSources = await rowsOf(db, '"dataSource"');
  const applications = await rowsOf(db, 'application');
  const objects = await rowsOf(db, '"objectMetadata"');
  const fields = await rowsOf(db, '"fieldMetadata"');
  const columns = await db.query(columnsSql(`n.nspname LIKE 'workspace\\_%'`));
  return {
    workspaces,
    dataSources,
    applications,
    objects,
    fields,
    columns: columns.rows as unknown as readonly RawColumn[],
  };
}
