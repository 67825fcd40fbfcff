/** Values that cannot stand in SharePoint, or not in Twenty, are told; everything else goes on. */
import { topics } from '@sync/core';
import { createBudget, openGraph, openTokenSource } from '@sync/graph';
import type { Client } from '@sync/runtime';
import { counter } from '../support/metrics-page.ts';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import {
  conflictsOf,
  keyOf,
  mappingWhere,
  openPipeline,
  recordsOf,
  refusalsOf,
} from '../support/pipeline.ts';
import { unique } from '../support/record-cases.ts';
import { bornId, rowWith } from '../support/row-with.ts';
import { addItem, editItem, itemOf, itemWith, listView, placeOf } from '../support/sharepoint.ts';
import { stackVariable } from '../support/stack.ts';
import { CURRENT, OLD, WORKSPACES } from '../support/workspaces.ts';
import type { SyncedObject, Workspace } from '../support/workspaces.ts';

const crm = openCrm();
let pipeline: Client;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(async () => {
  await crm.close();
  await pipeline.close();
});

describe.each(WORKSPACES)('%s', (_, workspace) => {
  test.each([
    ['too long', 'x'.repeat(256), 'too-long', /256 characters, the column holds 255/],
    ['of two lines', 'Buyer\nand seller', 'line-break', /single line/],
  ])(
    'a text that is %s is refused, the rest is written, and mending it is enough',
    async (_what, jobTitle, code, reason) => {
      const word = unique();
      const id = await crm.create(workspace, 'person', {
        nameFirstName: 'Kaya',
        nameLastName: word,
        jobTitle: 'Buyer',
      });
      const key = keyOf(workspace, 'person', id);
      await itemWith(workspace, 'person', id, { JobTitle: 'Buyer' });

      await crm.update(workspace, 'person', id, { nameFirstName: 'Lina', jobTitle });
      await itemWith(workspace, 'person', id, {
        Title: `Lina ${word}`,
        FirstName: 'Lina',
        JobTitle: 'Buyer',
      });
      const { errors } = await mappingWhere(pipeline, key, ({ status }) => status === 'error');
      expect(errors['jobTitle']).toMatch(reason);
      expect(
        await counter('mapping-keeper', 'sync_refusals_total', { side: 'sharepoint', code }),
      ).toBeGreaterThan(0);
      expect((await refusalsOf(pipeline, 'sharepoint', key))[0]).toMatchObject({ field: 'jobTitle', code });

      await crm.update(workspace, 'person', id, { jobTitle: 'Planner' });
      await itemWith(workspace, 'person', id, { JobTitle: 'Planner' });
      await mappingWhere(pipeline, key, (mapping) => mapping.status === 'synced');
      await crm.destroy(workspace, 'person', id);
    },
  );
});

test('a value that a soft-deleted row still holds is refused, and the rest of the new record is made', async () => {
  const domain = `https://${unique()}.example`;
  const former = await crm.create(CURRENT, 'company', {
    name: `Tarn ${unique()}`,
    domainNamePrimaryLinkUrl: domain,
  });
  await crm.softDelete(CURRENT, 'company', former);
  const title = `Loch ${unique()}`;
  const { id: itemId } = await addItem(CURRENT, 'company', {
    Title: title,
    DomainName: domain,
    Employees: 5,
  });
  const id = await bornId(CURRENT, 'company', itemId);
  await rowWith(
    crm,
    { workspace: CURRENT, object: 'company', id },
    { name: title, employees: 5, domainNamePrimaryLinkUrl: null },
  );
  await itemWith(CURRENT, 'company', id, { TwentyId: id, Title: title });
  const key = keyOf(CURRENT, 'company', id);
  expect((await refusalsOf(pipeline, 'twenty', key))[0]).toMatchObject({
    field: 'domainName',
    code: 'unique-violation',
  });
  await looked(CURRENT, 'company', id);
  // Nobody edited the field in Twenty: what the person typed stays, and there is nothing to settle.
  expect(await conflictsOf(pipeline, id)).toEqual([]);
  await itemWith(CURRENT, 'company', id, { TwentyId: id, DomainName: domain });
  const { errors } = await mappingWhere(pipeline, key, ({ status }) => status === 'error');
  expect(errors['domainName']).toMatch(/^another record, possibly a deleted one, holds this value/);
  await crm.destroy(CURRENT, 'company', former);
  await crm.destroy(CURRENT, 'company', id);
});

test('a text that was too long from the start is still in Twenty after a person edited another column', async () => {
  const jobTitle = 'x'.repeat(300);
  const id = await crm.create(CURRENT, 'person', { nameFirstName: 'Nils', nameLastName: unique(), jobTitle });
  const { id: itemId } = await itemWith(CURRENT, 'person', id, { FirstName: 'Nils', JobTitle: null });
  await looked(CURRENT, 'person', id);
  expect(await conflictsOf(pipeline, id)).toEqual([]);
  const laterThan = Date.now() + 3500;
  await eventually('a clear difference in time', async () => (Date.now() > laterThan ? true : undefined));
  await editItem(CURRENT, 'person', itemId, { FirstName: 'Olaf' });
  await rowWith(crm, { workspace: CURRENT, object: 'person', id }, { nameFirstName: 'Olaf', jobTitle });
  await looked(CURRENT, 'person', id);
  expect(await crm.row(CURRENT, 'person', id)).toMatchObject({ jobTitle });
  expect(await conflictsOf(pipeline, id)).toEqual([]);
  await crm.destroy(CURRENT, 'person', id);
});

test('a column that somebody deleted is missed by name, put back, and filled by the next edit', async () => {
  const id = await crm.create(OLD, 'person', { nameFirstName: 'Mirko', nameLastName: unique() });
  const key = keyOf(OLD, 'person', id);
  await itemWith(OLD, 'person', id, { FirstName: 'Mirko' });
  await deleteColumn('LinkedInUrl');
  await crm.update(OLD, 'person', id, {
    linkedinLinkPrimaryLinkUrl: 'https://network.example/mirko',
    jobTitle: 'Miller',
  });
  await itemWith(OLD, 'person', id, { JobTitle: 'Miller' });
  const { errors } = await mappingWhere(pipeline, key, ({ status }) => status === 'error');
  expect(errors['linkedinLink']).toMatch(/^the list has no column LinkedInUrl/);
  expect(await refusalsOf(pipeline, 'sharepoint', key)).toContainEqual(
    expect.objectContaining({ code: 'missing-column' }),
  );

  await eventually('the column', async () => ((await hasColumn('LinkedInUrl')) ? true : undefined), {
    withinMs: 90_000,
    everyMs: 500,
  });
  await crm.update(OLD, 'person', id, { linkedinLinkPrimaryLinkUrl: 'https://network.example/mirko-m' });
  await itemWith(OLD, 'person', id, { LinkedInUrl: 'https://network.example/mirko-m' });
  await mappingWhere(pipeline, key, (mapping) => mapping.status === 'synced');
  await crm.destroy(OLD, 'person', id);
}, 150_000);

/** Waits until the item as it is now was read, and judged. */
async function looked(workspace: Workspace, object: SyncedObject, id: string): Promise<void> {
  const topic = topics.sharepointChanges[object];
  await eventually(
    'the item was read',
    async () => {
      const item = await itemOf(workspace, object, id);
      const told = (await recordsOf(pipeline, topic, keyOf(workspace, object, id))).at(-1);
      if (item === undefined || told?.value?.etag !== item.eTag) return undefined;
      const lag = await pipeline.lag('sync.conflict-detector', [topic]);
      const at = lag.find(({ partition }) => partition === told.partition);
      return at !== undefined && at.committed > told.offset ? true : undefined;
    },
    { everyMs: 200 },
  );
}

async function hasColumn(name: string): Promise<boolean> {
  return (await listView(OLD, 'person')).columns.some((column) => column.name === name);
}

/** Deletes a column as an owner of the list may: through Graph. */
async function deleteColumn(name: string): Promise<void> {
  const graph = openGraph({
    rootUrl: stackVariable('SYNC_GRAPH_URL'),
    token: openTokenSource({
      authority: stackVariable('SYNC_TOKEN_AUTHORITY'),
      tenantId: stackVariable('SYNC_DEMO_TENANT_ID'),
      clientId: stackVariable('SYNC_DEMO_CLIENT_ID'),
      clientSecret: stackVariable('SYNC_DEMO_CLIENT_SECRET'),
      now: Date.now,
    }),
    budget: createBudget({ unitsPerMinute: 1000, unitsPerDay: 100_000, share: 1 }),
    userAgent: 'NONISV|TwentySharePointSync|e2e/0.1.0',
    timeoutMs: 30_000,
    now: Date.now,
  });
  const { siteId, listId } = await placeOf(OLD, 'person');
  const { status } = await graph.send(
    { method: 'DELETE', path: `/sites/${siteId}/lists/${listId}/columns/${name}`, units: 2 },
    0,
  );
  expect(status).toBe(204);
}
