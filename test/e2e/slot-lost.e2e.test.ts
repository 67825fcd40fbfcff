/** The replication slot is lost while rows change: `recover` brings every change, and finds what was deleted for good meanwhile. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { WorkspacePlace } from '@sync/twenty-demo';
import { watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { eventually } from '../support/eventually.ts';
import { stackVariable } from '../support/stack.ts';
import { openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

const SLOT = 'twenty_sync';

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

  expect(sync('recover')).toContain('were deleted for good meanwhile');
  await arrived(changed, 'meanwhile');
  await arrived(made, 'made meanwhile');
  expect(sync('gone')).toContain(`${place.schema}.company ${destroyed}`);
  expect(sync('gone', '--tell')).toContain('told');
  await watch.untilForgotten(keyOf(destroyed));

  await db.sql(`UPDATE ${place.schema}.company SET name = 'after' WHERE id = $1`, [changed]);
  await arrived(changed, 'after');
  expect(watch.of(keyOf(destroyed)).map(({ value }) => value?.op)).toEqual(['create', 'delete', undefined]);
}, 180_000);

const keyOf = (id: string): string => `${place.workspaceId}|company|${id}`;

async function insert(id: string, name: string): Promise<void> {
  await db.sql(`INSERT INTO ${place.schema}.company (id, name) VALUES ($1, $2)`, [id, name]);
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

/** What the operator's command says. */
function sync(...args: readonly string[]): string {
  const names = [
    'PG_URL',
    'PG_READER_URL',
    'PG_WRITER_URL',
    'PG_REPLICATION_URL',
    'KAFKA_BROKERS',
    'REGISTRY_URL',
    'CONNECT_URL',
  ];
  const env = Object.fromEntries(names.map((name) => [`SYNC_${name}`, stackVariable(`SYNC_${name}`)]));
  const cli = join(process.cwd(), 'services/operator-api/src/cli.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`sync ${args.join(' ')}: ${stderr}`);
  return stdout;
}
