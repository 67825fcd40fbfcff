/** From SharePoint to Twenty: what a person adds, edits and empties in a list shows in the database. */
import type { Client } from '@sync/runtime';
import { openCrm } from '../support/crm.ts';
import { keyOf, mappingWhere, openPipeline, refusalsOf } from '../support/pipeline.ts';
import { blank, casesOf, unique, wholeOf } from '../support/record-cases.ts';
import { bornId, rowWith } from '../support/row-with.ts';
import { addItem, editItem, itemWith, turnKnobs } from '../support/sharepoint.ts';
import type { Knobs } from '../support/sharepoint.ts';
import { OLD, PLACES, WORKSPACES } from '../support/workspaces.ts';

jest.setTimeout(120_000);
const crm = openCrm();
let pipeline: Client;
let knobs: Knobs;
beforeAll(async () => {
  pipeline = await openPipeline();
  knobs = await turnKnobs({ notifyDelayMs: 100 });
});
afterAll(async () => {
  await turnKnobs(knobs);
  await crm.close();
  await pipeline.close();
});

describe.each(PLACES)('%s, %s', (_, object, workspace) => {
  const { first, cases } = (() => {
    const all = casesOf(object, workspace, unique());
    return { cases: all, first: wholeOf(all, 'first') };
  })();
  /** What a person types: the exact text of an amount is the sync's business. */
  const typed = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).filter(([column]) => !column.endsWith('Exact')));

  test('an item that a person adds becomes a row, and gets its TwentyId', async () => {
    const words = casesOf(object, workspace, unique());
    const { item, row } = wholeOf(words, 'second');
    const { id: itemId } = await addItem(workspace, object, item);
    const at = { workspace, object, id: await bornId(workspace, object, itemId) };
    await rowWith(crm, at, { ...row, deletedAt: null });
    const named = await itemWith(workspace, object, at.id, { ...item, TwentyId: at.id });
    expect(named.id).toBe(itemId);
    await crm.destroy(workspace, object, at.id);
  });

  test('each field follows an edit of it alone, and is emptied with its columns', async () => {
    const id = await crm.create(workspace, object, first.row);
    const { id: itemId } = await itemWith(workspace, object, id, first.item);
    const at = { workspace, object, id };
    let expected = first.row;
    for (const { second, required } of cases) {
      await editItem(workspace, object, itemId, second.item);
      expected = { ...expected, ...second.row };
      await rowWith(crm, at, expected);
      if (required === true) continue;
      await editItem(workspace, object, itemId, blank(typed(second.item)));
      expected = { ...expected, ...blank(second.row) };
      await rowWith(crm, at, expected);
    }
    await crm.destroy(workspace, object, id);
  });
});

test.each(WORKSPACES)(
  '%s: a number typed over an amount wins over the exact text beside it',
  async (_, workspace) => {
    const id = await crm.create(workspace, 'opportunity', {
      name: `Flint ${unique()}`,
      amountAmountMicros: '9007199254740993',
      amountCurrencyCode: 'EUR',
    });
    const { id: itemId } = await itemWith(workspace, 'opportunity', id, { AmountExact: '9007199254.740993' });
    await editItem(workspace, 'opportunity', itemId, { Amount: 1234.56 });
    await rowWith(
      crm,
      { workspace, object: 'opportunity', id },
      { amountAmountMicros: '1234560000', amountCurrencyCode: 'EUR' },
    );
    await itemWith(workspace, 'opportunity', id, { Amount: 1234.56, AmountExact: '1234.56' });
    await crm.destroy(workspace, 'opportunity', id);
  },
);

describe.each(WORKSPACES)('%s: a value that Twenty refuses', (_, workspace) => {
  test('is told in the mapping, the other fields are written, and mending it is enough', async () => {
    const id = await crm.create(workspace, 'opportunity', { name: `Gravel ${unique()}`, stage: 'NEW' });
    const at = { workspace, object: 'opportunity', id } as const;
    const key = keyOf(workspace, 'opportunity', id);
    const { id: itemId } = await itemWith(workspace, 'opportunity', id, { Stage: 'NEW' });
    const title = `Granite ${unique()}`;

    await editItem(workspace, 'opportunity', itemId, {
      Stage: 'DREAMING',
      Title: title,
      CloseDate: '2027-05-05T10:00:00Z',
    });
    await rowWith(crm, at, { name: title, stage: 'NEW', closeDate: '2027-05-05T10:00:00.000Z' });
    const { errors } = await mappingWhere(pipeline, key, ({ status }) => status === 'error');
    expect(Object.keys(errors)).toEqual(['stage']);
    const refused = (await refusalsOf(pipeline, 'twenty', key)).map(({ field, code }) => `${field} ${code}`);
    expect([...new Set(refused)]).toEqual(['stage no-such-option']);

    await editItem(workspace, 'opportunity', itemId, { Stage: 'PROPOSAL' });
    await rowWith(crm, at, { stage: 'PROPOSAL' });
    await mappingWhere(pipeline, key, (mapping) => mapping.status === 'synced');
    await crm.destroy(workspace, 'opportunity', id);
  });

  test('an emptied field that Twenty requires is refused', async () => {
    const id = await crm.create(workspace, 'opportunity', { name: `Shale ${unique()}`, stage: 'MEETING' });
    const { id: itemId } = await itemWith(workspace, 'opportunity', id, { Stage: 'MEETING' });
    await editItem(workspace, 'opportunity', itemId, { Stage: null });
    const { errors } = await mappingWhere(
      pipeline,
      keyOf(workspace, 'opportunity', id),
      ({ status }) => status === 'error',
    );
    expect(errors).toEqual({ stage: 'Twenty requires a value here: fill it in' });
    expect(await crm.row(workspace, 'opportunity', id)).toMatchObject({ stage: 'MEETING' });
    await crm.destroy(workspace, 'opportunity', id);
  });
});

test('a record id that is no UUID, or of no record, is refused as a relation', async () => {
  const id = await crm.create(OLD, 'person', { nameFirstName: 'Enno', nameLastName: unique() });
  const { id: itemId } = await itemWith(OLD, 'person', id, { FirstName: 'Enno' });
  const key = keyOf(OLD, 'person', id);
  await editItem(OLD, 'person', itemId, { CompanyTwentyId: 'the one by the harbour', JobTitle: 'Clerk' });
  await rowWith(crm, { workspace: OLD, object: 'person', id }, { jobTitle: 'Clerk', companyId: null });
  await mappingWhere(pipeline, key, ({ errors }) => errors['company'] !== undefined);
  await editItem(OLD, 'person', itemId, {
    CompanyTwentyId: '00000000-0000-4000-8000-000000000000',
    JobTitle: 'Broker',
  });
  await rowWith(crm, { workspace: OLD, object: 'person', id }, { jobTitle: 'Broker', companyId: null });
  const refusals = await refusalsOf(pipeline, 'twenty', key);
  expect(refusals.map(({ field, code }) => `${field} ${code}`)).toContain('company no-such-record');
  await crm.destroy(OLD, 'person', id);
});
