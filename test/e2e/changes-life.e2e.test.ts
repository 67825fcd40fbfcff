/** The life of a record on its change topic: keys, partitions, operations, order, and the end. */
import { randomUUID } from 'node:crypto';
import type { WorkspacePlace } from '@sync/twenty-demo';
import { Partitioners } from 'kafkajs';
import { watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { recordPartitions } from '../support/broker-admin.ts';
import { openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

let db: TwentyDb;
let watch: ChangeWatch;
let place: WorkspacePlace;

beforeAll(async () => {
  [db, watch] = await Promise.all([openTwentyDb(), watchChanges('company', 'person')]);
  place = await db.addEmptyWorkspace();
}, 60_000);

afterAll(async () => {
  await Promise.all([db.close(), watch.close()]);
});

const keyOf = (object: string, id: string): string => `${place.workspaceId}|${object}|${id}`;

async function company(name: string): Promise<string> {
  const id = randomUUID();
  await db.sql(`INSERT INTO ${place.schema}.company (id, name) VALUES ($1, $2)`, [id, name]);
  return id;
}

const update = (id: string, assignments: string): Promise<unknown> =>
  db.sql(`UPDATE ${place.schema}.company SET ${assignments} WHERE id = $1`, [id]);

test('a record is created, soft-deleted, restored, destroyed, and then forgotten, in this order', async () => {
  const id = await company('Alder & Sons');
  await update(id, `"deletedAt" = now(), "updatedAt" = now()`);
  await update(id, `"deletedAt" = NULL, "updatedAt" = now()`);
  await db.sql(`DELETE FROM ${place.schema}.company WHERE id = $1`, [id]);
  const records = await watch.untilForgotten(keyOf('company', id));
  const ops = records.map(({ value }) => value?.op ?? 'tombstone');
  expect(ops).toEqual(['create', 'softDelete', 'restore', 'delete', 'tombstone']);
  const [created, deleted, restored, destroyed] = records.map(({ value }) => value);
  expect(created).toMatchObject({
    object: 'company',
    recordId: id,
    custom: false,
    origin: null,
    unchanged: [],
  });
  expect(deleted?.fields['deletedAt']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(restored?.fields['deletedAt']).toBeNull();
  expect(destroyed).toMatchObject({ fields: {}, unchanged: [], changed: null });
  const lsns = records.flatMap(({ value }) => (value === null ? [] : [value.version.lsn]));
  expect(lsns).toEqual([...lsns].sort((a, b) => (a < b ? -1 : 1)));
  expect(new Set(lsns).size).toBe(4);
});

test('destroying a record tells of what its foreign keys did', async () => {
  const companyId = await company('Birch Works');
  const personId = randomUUID();
  await db.sql(
    `INSERT INTO ${place.schema}.person (id, "nameFirstName", "companyId") VALUES ($1, 'Ida', $2)`,
    [personId, companyId],
  );
  await db.sql(`DELETE FROM ${place.schema}.company WHERE id = $1`, [companyId]);
  const orphaned = await watch.change(keyOf('person', personId), 'update', ({ op }) => op === 'update');
  expect(orphaned).toMatchObject({
    fields: { companyId: null, nameFirstName: 'Ida' },
    changed: ['companyId'],
  });
  const [, destroyed] = await watch.untilForgotten(keyOf('company', companyId));
  // One transaction: a reader can tell that both belong together.
  expect(orphaned.transactionId).toBe(destroyed?.value?.transactionId);
  expect(orphaned.transactionId).not.toBeNull();
});

test('a row touched without a change of its fields makes no record', async () => {
  const id = await company('Cedar Labs');
  await update(id, `"updatedAt" = now()`);
  await update(id, `name = name, position = 4, "updatedByName" = 'Somebody'`);
  // The marker: what comes after it on this key came after what would have come before it.
  await update(id, `name = 'Cedar Laboratories'`);
  await watch.change(
    keyOf('company', id),
    'the marker',
    ({ fields }) => fields['name'] === 'Cedar Laboratories',
  );
  expect(watch.of(keyOf('company', id)).map(({ value }) => value?.fields['name'])).toEqual([
    'Cedar Labs',
    'Cedar Laboratories',
  ]);
});

test('the key is plain text, and its partition is the one that Java clients compute', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 24; n++) ids.push(await company(`Elm ${n}`));
  const partitions = await recordPartitions('twenty.changes.company');
  const partitioner = Partitioners.DefaultPartitioner();
  for (const id of ids) {
    const key = keyOf('company', id);
    await watch.change(key, 'create', ({ op }) => op === 'create');
    const partitionMetadata = partitions.map((partitionId) => ({
      partitionId,
      partitionErrorCode: 0,
      leader: 1,
      replicas: [1],
      isr: [1],
    }));
    const expected = partitioner({
      topic: 'twenty.changes.company',
      partitionMetadata,
      message: { key, value: null },
    });
    expect(watch.of(key).map(({ partition }) => partition)).toEqual([expected]);
  }
  expect(
    new Set(ids.flatMap((id) => watch.of(keyOf('company', id)).map(({ partition }) => partition))).size,
  ).toBeGreaterThan(1);
});
