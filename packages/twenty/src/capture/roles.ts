import { Client } from 'pg';
import { ident, literal, sqlState } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureNames, Login } from './capture-options.ts';
import type { CaptureReport, StepAnswer } from './capture-report.ts';

/** Whether the role's own URL gets in; that is what the password is for, so that is how it is checked. */
async function canLogIn(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (sqlState(error)?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end();
  }
}

async function ensureRole(db: Queryable, login: Login, attributes: string): Promise<StepAnswer> {
  const found = await db.query('SELECT rolcanlogin, rolreplication FROM pg_roles WHERE rolname = $1', [
    login.role,
  ]);
  const password = `PASSWORD ${literal(login.password)}`;
  const role = found.rows[0];
  if (!role) {
    await db.query(`CREATE ROLE ${ident(login.role)} ${attributes} ${password}`);
    return 'created';
  }
  const fits =
    role['rolcanlogin'] === true && (role['rolreplication'] === true || !attributes.includes('REPLICATION'));
  if (fits && (await canLogIn(login.url))) return 'ok';
  await db.query(`ALTER ROLE ${ident(login.role)} ${attributes} ${password}`);
  return 'changed';
}

/** The three roles of the pipeline, with the passwords of their URLs. */
export async function ensureRoles(db: Queryable, names: CaptureNames, report: CaptureReport): Promise<void> {
  const wanted = [
    [names.replication, 'LOGIN REPLICATION'],
    [names.reader, 'LOGIN'],
    [names.writer, 'LOGIN'],
  ] as const;
  for (const [login, attributes] of wanted) {
    await report.step(`role ${login.role}`, () => ensureRole(db, login, attributes));
  }
}
