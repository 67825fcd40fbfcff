/** From Twenty to SharePoint: what is created, changed and emptied there shows in the list. */
import { openCrm } from '../support/crm.ts';
import { casesOf, blank, emptied, unique, wholeOf } from '../support/record-cases.ts';
import { itemWith } from '../support/sharepoint.ts';
import { CURRENT, PLACES } from '../support/workspaces.ts';

const crm = openCrm();
afterAll(() => crm.close());

describe.each(PLACES)('%s, %s', (_, object, workspace) => {
  const cases = casesOf(object, workspace, unique());
  const first = wholeOf(cases, 'first');

  test('a new record has an item with every column right', async () => {
    const id = await crm.create(workspace, object, first.row);
    const item = await itemWith(workspace, object, id, { ...first.item, TwentyId: id });
    expect(Object.keys(item.fields)).toContain('LastSyncedAt');
    await crm.destroy(workspace, object, id);
  });

  test('each field follows an edit of it alone, and then leaves its columns blank', async () => {
    const id = await crm.create(workspace, object, first.row);
    await itemWith(workspace, object, id, first.item);
    let expected = first.item;
    for (const { second, required } of cases) {
      await crm.update(workspace, object, id, second.row);
      expected = { ...expected, ...second.item };
      await itemWith(workspace, object, id, expected);
      if (required === true) continue;
      await crm.update(workspace, object, id, emptied(second.row, workspace));
      expected = { ...expected, ...blank(second.item) };
      await itemWith(workspace, object, id, expected);
    }
    await crm.destroy(workspace, object, id);
  });
});

test('a date keeps whole seconds', async () => {
  const id = await crm.create(CURRENT, 'opportunity', {
    name: `Slate ${unique()}`,
    closeDate: '2027-03-02T11:52:12.987Z',
  });
  await itemWith(CURRENT, 'opportunity', id, { CloseDate: '2027-03-02T11:52:12Z' });
  await crm.destroy(CURRENT, 'opportunity', id);
});

test('a burst of edits ends with the last one', async () => {
  const id = await crm.create(CURRENT, 'company', { name: `Slate ${unique()}` });
  for (let i = 1; i <= 30; i += 1) await crm.update(CURRENT, 'company', id, { employees: i });
  await itemWith(CURRENT, 'company', id, { Employees: 30 });
  await crm.destroy(CURRENT, 'company', id);
});
