import { Client } from 'pg';
import { workspaceIdOfSchema } from '@sync/core';
import type { Queryable } from '../sql.ts';
import { CDC_SCHEMA, captureNames } from './capture-options.ts';
import type { CaptureNames, CaptureOptions } from './capture-options.ts';
import { CaptureImpossible, CaptureReport } from './capture-report.ts';
import type { CaptureItem } from './capture-report.ts';
import { ensureCdcSchema, grantCdc } from './cdc-schema.ts';
import { ensureEventTrigger } from './event-trigger.ts';
import { ensureGrants } from './grants.ts';
import { ensureOrigins } from './origins.ts';
import { ensurePublication, ensurePublicationOption } from './publication.ts';
import { ensureIdentities, readIdentities } from './replica-identity.ts';
import { ensureRoles } from './roles.ts';
import { checkSlot } from './slot.ts';
import { checkSnapshots } from './snapshot-guard.ts';

/** One key for everybody who runs `ensure` on a database, so that two do not trip over each other. */
const ADVISORY_LOCK = 7_220_260_101;

/** A lock we cannot have at once is given up and reported: waiting for it would queue the application behind us. */
const LOCK_TIMEOUT_MS = 3_000;

async function serverSettings(db: Queryable): Promise<{ version: number; walLevel: string }> {
  const found = await db.query(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('wal_level') AS wal`,
  );
  return { version: Number(found.rows[0]?.['version']), walLevel: String(found.rows[0]?.['wal']) };
}

function refuseUnfit(server: { version: number; walLevel: string }): void {
  if (server.walLevel !== 'logical') {
    throw new CaptureImpossible(
      `wal_level is "${server.walLevel}" and must be "logical": run ALTER SYSTEM SET wal_level = 'logical' ` +
        `(or start postgres with -c wal_level=logical), then restart the server`,
    );
  }
  if (server.version >= 150000) return;
  throw new CaptureImpossible(
    `PostgreSQL 15 or newer is needed, this is ${server.version}: upgrade the server`,
  );
}

async function workspaceSchemas(db: Queryable): Promise<readonly string[]> {
  const found = await db.query(
    `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'workspace\\_%' ORDER BY 1`,
  );
  return found.rows
    .map((row) => String(row['nspname']))
    .filter((name) => workspaceIdOfSchema(name) !== undefined);
}

/**
 * The order is the point. Triggers come before the tables are looked at, so that none slips through; a publication
 * publishes generated columns before any table becomes FULL; a table is FULL before its schema is published.
 */
async function ensureAll(
  db: Queryable,
  names: CaptureNames,
  serverVersion: number,
  report: CaptureReport,
): Promise<void> {
  const { publication } = names;
  await ensureRoles(db, names, report);
  await ensureCdcSchema(db, report);
  await ensurePublicationOption(db, publication, serverVersion, report);
  await ensureEventTrigger(db, names, report);
  const schemas = await workspaceSchemas(db);
  const before = await readIdentities(db, schemas, publication);
  await ensureIdentities(db, before, serverVersion, report);
  const after = await readIdentities(db, [CDC_SCHEMA, ...schemas], publication);
  await ensurePublication(db, { publication, serverVersion, schemas }, after, report);
  await grantCdc(db, names, report);
  await ensureGrants(db, names, schemas, report);
  await ensureOrigins(db, names.writer.role, report);
  await checkSlot(db, names.slot, report);
  await checkSnapshots(db, names.replication.role, report);
}

/**
 * Sets up change capture on a Twenty database, and puts right what has changed since; run twice it does nothing.
 * What the server does not allow is reported as refused. Throws `CaptureImpossible` when nothing could work.
 */
export async function ensureCapture(options: CaptureOptions): Promise<readonly CaptureItem[]> {
  const names = captureNames(options);
  const client = new Client({ connectionString: options.adminUrl, connectionTimeoutMillis: 10_000 });
  const report = new CaptureReport();
  try {
    await client.connect();
    const server = await serverSettings(client);
    refuseUnfit(server);
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await ensureAll(client, names, server.version, report);
  } finally {
    await client.end();
  }
  return report.items;
}
