/** Columns that only Twenty decides, and the names of related records. */
import { openCrm } from '../support/crm.ts';
import { unique } from '../support/record-cases.ts';
import { bornId, rowWith } from '../support/row-with.ts';
import { addItem, editItem, itemWith } from '../support/sharepoint.ts';
import { WORKSPACES } from '../support/workspaces.ts';

const crm = openCrm();
afterAll(() => crm.close());

describe.each(WORKSPACES)('%s', (_, workspace) => {
  test('a person and an opportunity show the id and the name of what they refer to, also after it was renamed', async () => {
    const word = unique();
    const company = await crm.create(workspace, 'company', { name: `Fen ${word}` });
    const person = await crm.create(workspace, 'person', {
      nameFirstName: 'Gerrit',
      nameLastName: word,
      companyId: company,
    });
    const deal = await crm.create(workspace, 'opportunity', {
      name: `Deal ${word}`,
      companyId: company,
      pointOfContactId: person,
    });
    await itemWith(workspace, 'person', person, {
      Title: `Gerrit ${word}`,
      CompanyTwentyId: company,
      CompanyName: `Fen ${word}`,
    });
    await itemWith(workspace, 'opportunity', deal, {
      CompanyTwentyId: company,
      CompanyName: `Fen ${word}`,
      PointOfContactTwentyId: person,
      PointOfContactName: `Gerrit ${word}`,
    });

    await crm.update(workspace, 'company', company, { name: `Moor ${word}` });
    await crm.update(workspace, 'person', person, { nameFirstName: 'Hilke' });
    await itemWith(workspace, 'person', person, { Title: `Hilke ${word}`, CompanyName: `Moor ${word}` });
    await itemWith(workspace, 'opportunity', deal, {
      CompanyName: `Moor ${word}`,
      PointOfContactName: `Hilke ${word}`,
    });

    await crm.update(workspace, 'opportunity', deal, { companyId: null });
    await itemWith(workspace, 'opportunity', deal, { CompanyTwentyId: null, CompanyName: null });

    // The database itself lets go of the rows that pointed to a destroyed one.
    await crm.destroy(workspace, 'company', company);
    await itemWith(workspace, 'person', person, { CompanyTwentyId: null, CompanyName: null });
    await crm.destroy(workspace, 'opportunity', deal);
    await crm.destroy(workspace, 'person', person);
  });

  test('edits of derived columns in SharePoint are put back, and the rest of the same edit counts', async () => {
    const word = unique();
    const company = await crm.create(workspace, 'company', { name: `Holm ${word}` });
    const id = await crm.create(workspace, 'person', {
      nameFirstName: 'Imke',
      nameLastName: word,
      companyId: company,
    });
    const right = { Title: `Imke ${word}`, CompanyName: `Holm ${word}`, TwentyId: id };
    const { id: itemId } = await itemWith(workspace, 'person', id, right);

    await editItem(workspace, 'person', itemId, {
      Title: 'Somebody',
      CompanyName: 'Elsewhere',
      JobTitle: 'Pilot',
    });
    await rowWith(
      crm,
      { workspace, object: 'person', id },
      { jobTitle: 'Pilot', nameFirstName: 'Imke', companyId: company },
    );
    await itemWith(workspace, 'person', id, { ...right, JobTitle: 'Pilot' });

    await editItem(workspace, 'person', itemId, { TwentyId: '00000000-0000-4000-8000-000000000001' });
    const put = await itemWith(workspace, 'person', id, right);
    expect(put.id).toBe(itemId);
    await editItem(workspace, 'person', itemId, { TwentyId: null });
    expect((await itemWith(workspace, 'person', id, right)).id).toBe(itemId);
    await crm.destroy(workspace, 'person', id);
    await crm.destroy(workspace, 'company', company);
  });

  test('a relation set in SharePoint by id arrives, and its name column follows', async () => {
    const word = unique();
    const company = await crm.create(workspace, 'company', { name: `Geest ${word}` });
    const { id: itemId } = await addItem(workspace, 'person', {
      FirstName: 'Jorid',
      LastName: word,
      CompanyTwentyId: company,
    });
    const named = await bornId(workspace, 'person', itemId);
    await rowWith(
      crm,
      { workspace, object: 'person', id: named },
      { companyId: company, nameFirstName: 'Jorid' },
    );
    await itemWith(workspace, 'person', named, { Title: `Jorid ${word}`, CompanyName: `Geest ${word}` });
    await crm.destroy(workspace, 'person', named);
    await crm.destroy(workspace, 'company', company);
  });
});
