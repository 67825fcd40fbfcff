/** Workspaces change their data model while the stream runs: nothing is restarted, nothing is lost. */
import { randomUUID } from 'node:crypto';
import { addCustomField, addCustomObject, addSelectOption, field } from '@sync/twenty-demo';
import type { WorkspacePlace } from '@sync/twenty-demo';
import { readStatus } from '@sync/stack';
import { watchChanges } from '../support/changes.ts';
import type { ChangeWatch } from '../support/changes.ts';
import { stackVariable } from '../support/stack.ts';
import { insertText, openTwentyDb } from '../support/twenty-db.ts';
import type { TwentyDb } from '../support/twenty-db.ts';

let db: TwentyDb;
let watch: ChangeWatch;
let place: WorkspacePlace;
let pidsBefore: string[];

const pids = (): string[] =>
  readStatus(stackVariable('SYNC_DATA_DIR'))
    .parts.filter(({ name }) => name === 'connect' || name === 'change-normalizer')
    .map(({ name, pid, since }) => `${name} ${pid} ${since}`);

beforeAll(async () => {
  pidsBefore = pids();
  [db, watch] = await Promise.all([openTwentyDb(), watchChanges('opportunity', 'custom', 'note', 'company')]);
  place = await db.addEmptyWorkspace();
}, 60_000);

afterAll(async () => {
  await Promise.all([db.close(), watch.close()]);
});

async function insert(table: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const id = randomUUID();
  await db.sql(...insertText(table, { id, ...values }));
  return id;
}

test('a field added in mid-stream is in the next change of a record that was there before', async () => {
  const { workspaceId } = place;
  const id = await insert(`${place.schema}.opportunity`, { name: 'Deal' });
  const key = `${workspaceId}|opportunity|${id}`;
  const before = await watch.change(key, 'create', ({ op }) => op === 'create');
  expect(before.fields).not.toHaveProperty('budget');
  await addCustomField(db.client, { workspaceId, object: 'opportunity', field: field('budget', 'CURRENCY') });
  await db.sql(`UPDATE ${place.schema}.opportunity SET "budgetAmountMicros" = 5000000 WHERE id = $1`, [id]);
  const after = await watch.change(key, 'update', ({ fields }) => fields['budgetAmountMicros'] === '5000000');
  expect(after).toMatchObject({ op: 'update', changed: ['budgetAmountMicros'], fields: { name: 'Deal' } });
});

test('a value added to an enum arrives; rebuilding the column makes no change of the others', async () => {
  const { workspaceId } = place;
  const id = await insert(`${place.schema}.opportunity`, { name: 'Pilot', stage: 'MEETING' });
  const key = `${workspaceId}|opportunity|${id}`;
  await watch.change(key, 'create', ({ fields }) => fields['stage'] === 'MEETING');
  await addSelectOption(db.client, { workspaceId, object: 'opportunity', field: 'stage', value: 'FROZEN' });
  await db.sql(`UPDATE ${place.schema}.opportunity SET stage = 'FROZEN' WHERE id = $1`, [id]);
  await watch.change(key, 'the new value', ({ fields }) => fields['stage'] === 'FROZEN');
  // While the column is rebuilt its value goes from NULL to what it was; a reader may see that, but never another value.
  const stages = watch.of(key).map(({ value }) => value?.fields['stage']);
  expect(stages.slice(0, 1).concat(stages.slice(-1))).toEqual(['MEETING', 'FROZEN']);
  expect(stages.slice(1, -1).every((stage) => stage === 'MEETING')).toBe(true);
});

test('a new custom object goes to the custom topic, under its own name', async () => {
  const { workspaceId } = place;
  const table = await addCustomObject(db.client, { workspaceId, nameSingular: 'vessel' });
  const id = await insert(`${place.schema}."${table}"`, {
    name: 'Tern',
    createdByName: 'x',
    updatedByName: 'x',
  });
  const change = await watch.change(`${workspaceId}|vessel|${id}`, 'create', ({ op }) => op === 'create');
  expect(change).toMatchObject({ object: 'vessel', custom: true, fields: { name: 'Tern' } });
});

test.each(['1.5', '2.19'] as const)(
  'a whole new workspace of generation %s is captured at once',
  async (generation) => {
    const fresh = await db.addEmptyWorkspace(generation);
    const noteId = await insert(`${fresh.schema}.note`, { title: 'First' });
    const companyId = await insert(`${fresh.schema}.company`, { name: 'Fresh' });
    const note = await watch.change(
      `${fresh.workspaceId}|note|${noteId}`,
      'create',
      ({ op }) => op === 'create',
    );
    expect(note).toMatchObject({
      workspaceId: fresh.workspaceId,
      object: 'note',
      fields: { title: 'First' },
    });
    await db.sql(`UPDATE ${fresh.schema}.company SET name = 'Fresher' WHERE id = $1`, [companyId]);
    const company = await watch.change(
      `${fresh.workspaceId}|company|${companyId}`,
      'update',
      ({ op }) => op === 'update',
    );
    // The row before is known: the identity of the tables was set before their first row.
    expect(company.changed).toEqual(['name']);
  },
);

test('nothing was restarted for any of it', () => {
  expect(pids()).toEqual(pidsBefore);
});
