import { ident, literal } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import type { CaptureNames } from './capture-options.ts';
import type { CaptureReport, StepAnswer } from './capture-report.ts';
import { ensureFunction } from './cdc-function.ts';
import { workspacePrivileges } from './grants.ts';

const TAGS = `'CREATE SCHEMA', 'CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO'`;

function schemaGrants(names: CaptureNames): string {
  return [...workspacePrivileges(names)]
    .flatMap(([role, privileges]) => [
      `GRANT USAGE ON SCHEMA %1$I TO ${ident(role)}`,
      `ALTER DEFAULT PRIVILEGES FOR ROLE %2$I IN SCHEMA %1$I GRANT ${privileges.join(', ')} ON TABLES TO ${ident(role)}`,
    ])
    .map((statement) => `EXECUTE format(${literal(statement)}, made.nspname, made.owner);`)
    .join('\n        ');
}

function tableGrants(names: CaptureNames): string {
  return [...workspacePrivileges(names)]
    .map(([role, privileges]) => `GRANT ${privileges.join(', ')} ON TABLE %1$I.%2$I TO ${ident(role)}`)
    .map((statement) => `EXECUTE format(${literal(statement)}, made.nspname, made.relname);`)
    .join('\n        ');
}

/**
 * The body of the trigger function. It runs as its owner, because whoever creates a workspace is no superuser,
 * and a fault of ours never fails the statement of the application: it becomes a warning, and the next
 * `ensure` puts it right. The identity goes first: a published table without a key could not be written.
 */
export function triggerBody(names: CaptureNames): string {
  return `
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT n.nspname, pg_get_userbyid(n.nspowner) AS owner, c.relname, c.relreplident,
           EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 'v') AS has_virtual
      FROM pg_event_trigger_ddl_commands() d
      LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind IN ('r', 'p')
      JOIN pg_namespace n
        ON (d.classid = 'pg_namespace'::regclass AND n.oid = d.objid) OR n.oid = c.relnamespace
     WHERE n.nspname ~ '^workspace_[0-9a-z]{1,25}$'
  LOOP
    IF made.relname IS NOT NULL AND made.relreplident <> 'f' AND NOT made.has_virtual THEN
      BEGIN
        EXECUTE format('ALTER TABLE %I.%I REPLICA IDENTITY FULL', made.nspname, made.relname);
      EXCEPTION WHEN OTHERS THEN
        RAISE WARNING 'capture of %.%: % %', made.nspname, made.relname, SQLSTATE, SQLERRM;
      END;
    END IF;
    BEGIN
      IF made.relname IS NOT NULL THEN
        ${tableGrants(names)}
      ELSE
        ${schemaGrants(names)}
        IF EXISTS (SELECT FROM pg_publication WHERE pubname = ${literal(names.publication)}) THEN
          EXECUTE format(${literal(`ALTER PUBLICATION ${ident(names.publication)} ADD TABLES IN SCHEMA %I`)}, made.nspname);
        END IF;
      END IF;
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'capture of %: % %', made.nspname, SQLSTATE, SQLERRM;
    END;
  END LOOP;
END`;
}

async function ensureTrigger(db: Queryable): Promise<StepAnswer> {
  const found = await db.query(`SELECT 1 FROM pg_event_trigger WHERE evtname = 'twenty_sync_cover_new'`);
  if (found.rows.length > 0) return 'ok';
  await db.query(
    `CREATE EVENT TRIGGER twenty_sync_cover_new ON ddl_command_end WHEN TAG IN (${TAGS})
       EXECUTE FUNCTION cdc.cover_new()`,
  );
  return 'created';
}

/** New workspaces and tables are captured at once; without the right to do so, `ensure` on a timer does it. */
export async function ensureEventTrigger(
  db: Queryable,
  names: CaptureNames,
  report: CaptureReport,
): Promise<void> {
  await report.step('function cdc.cover_new', () =>
    ensureFunction(db, { name: 'cover_new', returns: 'event_trigger', body: triggerBody(names) }),
  );
  await report.step('event trigger twenty_sync_cover_new', () => ensureTrigger(db));
}
