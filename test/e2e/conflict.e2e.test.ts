/** Both sides edit one record at the same time. */
import type { Client } from '@sync/runtime';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import { conflictsOf, openPipeline } from '../support/pipeline.ts';
import { unique } from '../support/record-cases.ts';
import { rowWith } from '../support/row-with.ts';
import { editItem, itemWith, withKnobs } from '../support/sharepoint.ts';
import { CURRENT, WORKSPACES } from '../support/workspaces.ts';
import type { Workspace } from '../support/workspaces.ts';

const crm = openCrm();
let pipeline: Client;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(async () => {
  await crm.close();
  await pipeline.close();
});

const object = 'company';

/** A company on both sides, and the id of its item. */
async function born(workspace: Workspace): Promise<{ id: string; itemId: string }> {
  const id = await crm.create(workspace, object, { name: `Kelp ${unique()}`, employees: 1 });
  const { id: itemId } = await itemWith(workspace, object, id, { Employees: 1 });
  return { id, itemId };
}

const oneConflict = (id: string) =>
  eventually('a conflict', async () => {
    const found = await conflictsOf(pipeline, id);
    return found.length > 0 ? found : undefined;
  });

/** Lets the clock come to a time, milliseconds since 1970: last write wins goes by time. */
const until = (at: number): Promise<unknown> =>
  eventually('the clock', async () => (Date.now() >= at ? true : undefined), { everyMs: 20 });

describe.each(WORKSPACES)('%s', (_, workspace) => {
  test('edits of different fields are merged without a conflict', async () => {
    const { id, itemId } = await born(workspace);
    const name = `Reed ${unique()}`;
    await Promise.all([
      crm.update(workspace, object, id, { name }),
      editItem(workspace, object, itemId, { Employees: 42 }),
    ]);
    await rowWith(crm, { workspace, object, id }, { name, employees: 42 });
    await itemWith(workspace, object, id, { Title: name, Employees: 42 });
    expect(await conflictsOf(pipeline, id)).toEqual([]);
    await crm.destroy(workspace, object, id);
  });

  test('edits of one field in the same moment: Twenty stands, and the loser is kept', async () => {
    const { id, itemId } = await born(workspace);
    await Promise.all([
      crm.update(workspace, object, id, { employees: 20 }),
      editItem(workspace, object, itemId, { Employees: 30 }),
    ]);
    const conflicts = await oneConflict(id);
    await itemWith(workspace, object, id, { Employees: 20 });
    await rowWith(crm, { workspace, object, id }, { employees: 20 });
    expect(conflicts).toMatchObject([
      {
        field: 'employees',
        kind: 'bothEdited',
        base: '1',
        twentyValue: '20',
        sharepointValue: '30',
        rule: 'lastWriteWins/unclear',
        winner: 'twenty',
      },
    ]);
    expect(await conflictsOf(pipeline, id)).toHaveLength(1);
    await crm.destroy(workspace, object, id);
  });
});

test('the later edit wins: Twenty', async () => {
  const { id, itemId } = await born(CURRENT);
  await withKnobs({ deltaVisibilityMs: 6000 }, async () => {
    await editItem(CURRENT, object, itemId, { Employees: 30 });
    await until(Date.now() + 4000);
    await crm.update(CURRENT, object, id, { employees: 20 });
    await itemWith(CURRENT, object, id, { Employees: 20 });
  });
  expect(await oneConflict(id)).toMatchObject([
    { sharepointValue: '30', twentyValue: '20', rule: 'lastWriteWins/twentyLater', winner: 'twenty' },
  ]);
  await rowWith(crm, { workspace: CURRENT, object, id }, { employees: 20 });
  await crm.destroy(CURRENT, object, id);
});

test('the later edit wins: SharePoint', async () => {
  const { id, itemId } = await born(CURRENT);
  // The write of Twenty's edit is on its way for so long that a person is faster, four seconds after it.
  await withKnobs({ latencyMs: 12_000 }, async () => {
    await crm.update(CURRENT, object, id, { employees: 20 });
    await until(Date.now() + 4000);
    await editItem(CURRENT, object, itemId, { Employees: 30 });
  });
  await rowWith(crm, { workspace: CURRENT, object, id }, { employees: 30 });
  expect(await oneConflict(id)).toMatchObject([
    { sharepointValue: '30', twentyValue: '20', rule: 'lastWriteWins/sharepointLater', winner: 'sharepoint' },
  ]);
  await itemWith(CURRENT, object, id, { Employees: 30 });
  await crm.destroy(CURRENT, object, id);
});

test('a delete in Twenty that meets an edit in SharePoint keeps the edit as the loser', async () => {
  const { id, itemId } = await born(CURRENT);
  await Promise.all([
    editItem(CURRENT, object, itemId, { Employees: 77 }),
    crm.softDelete(CURRENT, object, id),
  ]);
  expect(await oneConflict(id)).toMatchObject([
    { field: 'employees', kind: 'buriedByDelete', sharepointValue: '77', winner: 'twenty' },
  ]);
  await crm.destroy(CURRENT, object, id);
});
