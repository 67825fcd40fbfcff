import { ident, qualified } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureNames } from './capture-options.ts';
import type { CaptureReport, StepAnswer } from './capture-report.ts';

/** The tables of `core` that discovery reads; those of another generation are simply not there. */
const METADATA_TABLES = [
  'workspace',
  'application',
  'dataSource',
  'objectMetadata',
  'fieldMetadata',
  'indexMetadata',
  'indexFieldMetadata',
];

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE';

/** Who may do what in a workspace schema. Nobody may DELETE: a delete is a value in `deletedAt`. */
export function workspacePrivileges(names: CaptureNames): ReadonlyMap<string, readonly Privilege[]> {
  return new Map([
    [names.replication.role, ['SELECT']],
    [names.reader.role, ['SELECT']],
    [names.writer.role, ['SELECT', 'INSERT', 'UPDATE']],
  ]);
}

async function lacks(
  db: Queryable,
  schema: string,
  role: string,
  privileges: readonly Privilege[],
): Promise<boolean> {
  const found = await db.query(
    `SELECT NOT has_schema_privilege($1, n.oid, 'USAGE')
         OR EXISTS (SELECT FROM pg_class c, unnest($3::text[]) p
                     WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p') AND NOT has_table_privilege($1, c.oid, p))
         OR EXISTS (SELECT FROM unnest($3::text[]) p WHERE NOT EXISTS
              (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a JOIN pg_roles r ON r.oid = a.grantee
                WHERE d.defaclrole = n.nspowner AND d.defaclnamespace = n.oid AND d.defaclobjtype = 'r'
                  AND r.rolname = $1 AND a.privilege_type = p)) AS lacks
       FROM pg_namespace n WHERE n.nspname = $2`,
    [role, schema, privileges],
  );
  return found.rows[0]?.['lacks'] === true;
}

async function ownerOf(db: Queryable, schema: string): Promise<string> {
  const found = await db.query(
    'SELECT nspowner::regrole::text AS owner FROM pg_namespace WHERE nspname = $1',
    [schema],
  );
  return String(found.rows[0]?.['owner']);
}

async function grantSchema(
  db: Queryable,
  schema: string,
  role: string,
  privileges: readonly Privilege[],
): Promise<StepAnswer> {
  if (!(await lacks(db, schema, role, privileges))) return 'ok';
  const list = privileges.join(', ');
  await db.query(`GRANT USAGE ON SCHEMA ${ident(schema)} TO ${ident(role)}`);
  await db.query(`GRANT ${list} ON ALL TABLES IN SCHEMA ${ident(schema)} TO ${ident(role)}`);
  // regrole::text is already quoted where it needs to be.
  await db.query(
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${await ownerOf(db, schema)} IN SCHEMA ${ident(schema)}
       GRANT ${list} ON TABLES TO ${ident(role)}`,
  );
  return 'created';
}

async function grantMetadata(db: Queryable, role: string): Promise<StepAnswer> {
  const found = await db.query(
    `SELECT c.relname, has_table_privilege($1, c.oid, 'SELECT') AND has_schema_privilege($1, n.oid, 'USAGE') AS had
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'core' AND c.relkind = 'r' AND c.relname = ANY ($2)`,
    [role, METADATA_TABLES],
  );
  const missing = found.rows.filter((row) => row['had'] !== true).map((row) => String(row['relname']));
  if (missing.length === 0) return 'ok';
  await db.query(`GRANT USAGE ON SCHEMA core TO ${ident(role)}`);
  const tables = missing.map((table) => qualified('core', table)).join(', ');
  await db.query(`GRANT SELECT ON ${tables} TO ${ident(role)}`);
  return 'created';
}

/** Grants each role no more than its work needs, on the tables there are and on those to come. */
export async function ensureGrants(
  db: Queryable,
  names: CaptureNames,
  schemas: readonly string[],
  report: CaptureReport,
): Promise<void> {
  await report.step(`grants of ${names.reader.role} on core`, () => grantMetadata(db, names.reader.role));
  for (const schema of schemas) {
    for (const [role, privileges] of workspacePrivileges(names)) {
      await report.step(`grants of ${role} on ${schema}`, () => grantSchema(db, schema, role, privileges));
    }
  }
}
