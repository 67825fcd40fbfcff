import { qualified } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureReport } from './capture-report.ts';

/** What decides a table's replica identity. */
export interface TableIdentity {
  readonly schema: string;
  readonly table: string;
  /** `relreplident`: d(efault), f(ull), n(othing), i(ndex). */
  readonly identity: string;
  readonly hasKey: boolean;
  readonly hasVirtual: boolean;
  /** Other publications that publish updates of the table and leave out a generated column. */
  readonly hidingPublications: readonly string[];
}

/** What to do about a table's replica identity. */
export type IdentityPlan =
  | { readonly kind: 'keep' }
  | { readonly kind: 'set'; readonly to: 'FULL' | 'DEFAULT'; readonly because?: string }
  | { readonly kind: 'leave'; readonly because: string };

/**
 * FULL gives before images, and makes a table without a primary key writable while it is published. But PostgreSQL 18
 * refuses every UPDATE of a FULL table that has a generated column some publication does not publish (42P10), and
 * a virtual column can never be published: there the application comes first.
 */
export function planIdentity(table: TableIdentity, serverVersion: number): IdentityPlan {
  const unsafe = serverVersion >= 180000 ? dangerOf(table) : undefined;
  if (!unsafe) return table.identity === 'f' ? { kind: 'keep' } : { kind: 'set', to: 'FULL' };
  if (table.identity === 'f' && table.hasKey) return { kind: 'set', to: 'DEFAULT', because: unsafe };
  return { kind: 'leave', because: unsafe };
}

function dangerOf(table: TableIdentity): string | undefined {
  if (table.hasVirtual)
    return 'it has a virtual generated column, and PostgreSQL 18 would refuse its updates';
  if (table.hidingPublications.length === 0) return undefined;
  return `publication ${table.hidingPublications.join(', ')} leaves out its generated column; set publish_generated_columns = stored there`;
}

/** Whether the application can update and delete in this table while it is published. */
export function writableWhenPublished(table: TableIdentity): boolean {
  return table.identity === 'f' || table.identity === 'i' || (table.identity === 'd' && table.hasKey);
}

/** Every table of the schemas, with what decides its replica identity. */
export async function readIdentities(
  db: Queryable,
  schemas: readonly string[],
  publication: string,
): Promise<readonly TableIdentity[]> {
  const found = await db.query(
    `SELECT n.nspname AS schema, c.relname AS table, c.relreplident AS identity,
            EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) AS "hasKey",
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 'v') AS "hasVirtual",
            ARRAY(SELECT p.pubname::text FROM pg_publication_tables p JOIN pg_publication pp USING (pubname)
                   WHERE p.pubname <> $2 AND p.schemaname = n.nspname AND p.tablename = c.relname
                     AND (pp.pubupdate OR pp.pubdelete)
                     AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 's'
                                    AND NOT a.attname = ANY (p.attnames))) AS "hidingPublications"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') ORDER BY 1, 2`,
    [schemas, publication],
  );
  return found.rows as unknown as readonly TableIdentity[];
}

/** Sets the replica identity of every table that needs it; one report line per change, one for the rest. */
export async function ensureIdentities(
  db: Queryable,
  tables: readonly TableIdentity[],
  serverVersion: number,
  report: CaptureReport,
): Promise<void> {
  let kept = 0;
  for (const table of tables) {
    const plan = planIdentity(table, serverVersion);
    const item = `replica identity of ${table.schema}.${table.table}`;
    if (plan.kind === 'keep') kept += 1;
    if (plan.kind === 'leave')
      await report.step(item, () => Promise.resolve(['refused', plan.because] as const));
    if (plan.kind !== 'set') continue;
    await report.step(item, async () => {
      await db.query(`ALTER TABLE ${qualified(table.schema, table.table)} REPLICA IDENTITY ${plan.to}`);
      return ['changed', plan.because ?? 'FULL'] as const;
    });
  }
  const detail = `${kept} tables had it`;
  await report.step('replica identity', () => Promise.resolve(['ok', detail] as const));
}
