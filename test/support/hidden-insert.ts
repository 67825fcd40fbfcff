/** A row that the capture never told of, as if its record had been lost on the way. */
import type { Crm, Row } from './crm.ts';
import type { TwentyDb } from './twenty-db.ts';
import type { SyncedObject, Workspace } from './workspaces.ts';

/** Creates a record while inserts are not published; answers its id and a position of the log behind it. */
export async function createUnseen(
  db: TwentyDb,
  crm: Crm,
  at: { readonly workspace: Workspace; readonly object: SyncedObject },
  values: Row,
): Promise<{ id: string; lsn: bigint }> {
  await db.sql(`ALTER PUBLICATION twenty_sync SET (publish = 'update, delete, truncate')`);
  try {
    const id = await crm.create(at.workspace, at.object, values);
    const [row] = await db.sql(`SELECT (pg_current_wal_lsn() - '0/0')::text AS lsn`);
    return { id, lsn: BigInt(String(row?.['lsn'])) };
  } finally {
    await db.sql(`ALTER PUBLICATION twenty_sync SET (publish = 'insert, update, delete, truncate')`);
  }
}
