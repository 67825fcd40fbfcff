/**
 * The replication slot is lost while rows change: `recover` brings every change, and finds what was deleted for good meanwhile. Nor
 * does it end with rows that are younger than their place in the log, though its snapshot is broken off.
 */
import { randomUUID } from 'node:crypto';
import type { WorkspacePlace } from '@sync/twenty-demo';
import { watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { eventually } from '../support/eventually.ts';
import { operator } from '../support/operator.ts';
import { stackVariable } from '../support/stack.ts';
import { openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

const SLOT = 'twenty_sync';
const GATE = 4_711;

let db: TwentyDb;
let watch: ChangeWatch;
let place: WorkspacePlace;

beforeAll(async () => {
  [db, watch] = await Promise.all([openTwentyDb(), watchChanges('company')]);
  place = await db.addEmptyWorkspace();
}, 60_000);

afterAll(async () => {
  await Promise.all([db.close(), watch.close()]);
});

test('recover brings what was changed, made and deleted meanwhile', async () => {
  const [changed, destroyed, made] = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of [changed, destroyed]) await insert(id, 'before');
  for (const id of [changed, destroyed]) await arrived(id, 'before');

  await loseSlot();
  await db.sql(`UPDATE ${place.schema}.company SET name = 'meanwhile' WHERE id = $1`, [changed]);
  await insert(made, 'made meanwhile');
  await db.sql(`DELETE FROM ${place.schema}.company WHERE id = $1`, [destroyed]);

  expect((await operator('recover')).join()).toContain('were deleted for good meanwhile');
  await arrived(changed, 'meanwhile');
  await arrived(made, 'made meanwhile');
  expect((await operator('gone')).join()).toContain(`${place.schema}.company ${destroyed}`);
  expect((await operator('gone', '--tell')).join()).toContain('told');
  await watch.untilForgotten(keyOf(destroyed));

  await db.sql(`UPDATE ${place.schema}.company SET name = 'after' WHERE id = $1`, [changed]);
  await arrived(changed, 'after');
  expect(watch.of(keyOf(destroyed)).map(({ value }) => value?.op)).toEqual(['create', 'delete', undefined]);
}, 180_000);

test('a task that starts again within the snapshot makes no row go back, nor does a second recovery begin', async () => {
  const id = randomUUID();
  await insert(id, '0');
  await arrived(id, '0');

  const openGate = await holdSnapshots();
  const recovery = operator('recover');
  await eventually('the snapshot waits at the gate', async () => (await atGate()) > 0 || undefined);
  const either = Promise.race([recovery, operator('recover')]);
  await expect(either).rejects.toThrow('another recovery is under way');
  const task = `${stackVariable('SYNC_CONNECT_URL')}/connectors/twenty/tasks/0/restart`;
  expect((await fetch(task, { method: 'POST' })).ok).toBe(true);
  await eventually('the next snapshot is refused', async () => (await isRefused()) || undefined);
  for (const name of ['1', '2', '3']) await rename(id, name);
  await openGate();

  expect((await recovery).join()).toContain('everything once more');
  await rename(id, '4');
  await arrived(id, '4');
  const names = watch.of(keyOf(id)).map(({ value }) => String(value?.fields['name']));
  expect(names).toEqual(names.toSorted());
}, 180_000);

test('a first snapshot that was broken off is taken anew when the connector is registered again', async () => {
  expect((await operator('connector')).join()).not.toContain('recover');
  await db.sql(`SELECT nextval('cdc.refused_snapshots')`);
  expect((await operator('connector')).join()).toContain('every row is read');
  expect(await isRefused()).toBe(false);
}, 180_000);

const keyOf = (id: string): string => `${place.workspaceId}|company|${id}`;

async function insert(id: string, name: string): Promise<void> {
  await db.sql(`INSERT INTO ${place.schema}.company (id, name) VALUES ($1, $2)`, [id, name]);
}

async function rename(id: string, name: string): Promise<void> {
  await db.sql(`UPDATE ${place.schema}.company SET name = $2 WHERE id = $1`, [id, name]);
}

/** Makes every snapshot wait at a table that is read before `company`; resolves to what lets them on. */
async function holdSnapshots(): Promise<() => Promise<unknown>> {
  await db.sql(
    `CREATE FUNCTION ${place.schema}.gate() RETURNS boolean LANGUAGE plpgsql AS
     'BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN true; END'`,
  );
  await db.sql(`INSERT INTO ${place.schema}.attachment (id) VALUES (gen_random_uuid())`);
  await db.sql(`ALTER TABLE ${place.schema}.attachment ENABLE ROW LEVEL SECURITY`);
  await db.sql(`CREATE POLICY gate ON ${place.schema}.attachment USING (${place.schema}.gate())`);
  await db.sql(`SELECT pg_advisory_lock(${GATE})`);
  return () => db.sql(`SELECT pg_advisory_unlock(${GATE})`);
}

async function atGate(): Promise<number> {
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${GATE} AND NOT granted`;
  return (await db.sql(waiting)).length;
}

async function isRefused(): Promise<boolean> {
  return (await db.sql('SELECT is_called FROM cdc.refused_snapshots'))[0]?.['is_called'] === true;
}

async function arrived(id: string, name: string): Promise<void> {
  await eventually(
    `${name} of ${id}`,
    async () => watch.of(keyOf(id)).some(({ value }) => value?.fields['name'] === name) || undefined,
    { withinMs: 60_000 },
  );
}

/** The capture's session is ended and its slot dropped before it can come back. */
async function loseSlot(): Promise<void> {
  await eventually('the slot is gone', async () => {
    await db.sql('SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = $1', [
      SLOT,
    ]);
    await db.sql(
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1 AND NOT active',
      [SLOT],
    );
    const left = await db.sql('SELECT 1 FROM pg_replication_slots WHERE slot_name = $1', [SLOT]);
    return left.length === 0 || undefined;
  });
}
