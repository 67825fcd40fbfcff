import { withDatabase } from '../sql.ts';
import type { Queryable } from '../sql.ts';
import { captureNames } from './capture-options.ts';
import type { CaptureOptions } from './capture-options.ts';
import type { CaptureReport } from './capture-report.ts';

/** How often an end of the capture's session is waited for before the slot is dropped. */
const TRIES = 20;
const PAUSE_MS = 250;

/**
 * Looks at the logical slot that Debezium reads from. It is Debezium that makes it: a snapshot and the log after it join without a
 * gap only at a slot that was made for the snapshot (`docs/decisions/0012`).
 */
export async function checkSlot(db: Queryable, slot: string, report: CaptureReport): Promise<void> {
  await report.step(`slot ${slot}`, async () => {
    const found = await db.query(
      'SELECT plugin, database = current_database() AS here FROM pg_replication_slots WHERE slot_name = $1',
      [slot],
    );
    const there = found.rows[0];
    if (!there) return ['ok', 'not there yet: the connector makes it at its first start'];
    if (there['plugin'] === 'pgoutput' && there['here'] === true) return 'ok';
    return ['refused', 'a slot of that name belongs to another database or plugin; choose another slot name'];
  });
}

/**
 * Drops the slot of the capture, if it is there; the connector must be stopped, and what the slot still held is given up. Whoever is
 * still at work as the capture is a task that was stopped in vain: it may hold the slot, make another, or keep the next from being made.
 */
export async function dropSlot(options: CaptureOptions): Promise<void> {
  const { slot, replication } = captureNames(options);
  await withDatabase(options.adminUrl, (db) => untilDropped(db, slot, replication.role));
}

/** Where the log ends now, as Debezium's positions count: in bytes. */
export function logPlace(options: CaptureOptions): Promise<number> {
  return withDatabase(options.adminUrl, async (db) => {
    const found = await db.query(`SELECT pg_current_wal_lsn() - '0/0' AS place`);
    return Number(found.rows[0]?.['place']);
  });
}

async function untilDropped(db: Queryable, slot: string, role: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = $2
       UNION ALL SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = $1 AND active`,
      [slot, role],
    );
    await db.query(
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1 AND NOT active',
      [slot],
    );
    const left = await db.query('SELECT 1 FROM pg_replication_slots WHERE slot_name = $1', [slot]);
    if (left.rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`dropping the slot ${slot}: it is still in use; stop what reads from it`);
}
