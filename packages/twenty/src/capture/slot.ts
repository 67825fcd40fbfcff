import type { Queryable } from '../sql.ts';
import type { CaptureReport } from './capture-report.ts';

/** The logical slot Debezium reads from; it keeps WAL from now on. */
export async function ensureSlot(db: Queryable, slot: string, report: CaptureReport): Promise<void> {
  await report.step(`slot ${slot}`, async () => {
    const found = await db.query(
      'SELECT plugin, database = current_database() AS here FROM pg_replication_slots WHERE slot_name = $1',
      [slot],
    );
    const there = found.rows[0];
    if (!there) {
      await db.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [slot]);
      return 'created';
    }
    if (there['plugin'] === 'pgoutput' && there['here'] === true) return 'ok';
    return ['refused', 'a slot of that name belongs to another database or plugin; choose another slot name'];
  });
}
