/** Deleting, restoring and destroying, on either side. */
import { topics } from '@sync/core';
import type { Client } from '@sync/runtime';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import { keyOf, mappingWhere, openPipeline, recordsOf } from '../support/pipeline.ts';
import { casesOf, unique, wholeOf } from '../support/record-cases.ts';
import { deleteItem, itemOf, itemWith, listView, restoreItem } from '../support/sharepoint.ts';
import { PLACES, WORKSPACES } from '../support/workspaces.ts';
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

const gone = (workspace: Workspace, object: SyncedObject, id: string): Promise<true> =>
  eventually('the item is gone', async () =>
    (await itemOf(workspace, object, id)) === undefined ? true : undefined,
  );

describe.each(PLACES)('%s, %s', (_, object, workspace) => {
  test('soft delete, restore and destroy in Twenty', async () => {
    const whole = wholeOf(casesOf(object, workspace, unique()), 'first');
    const id = await crm.create(workspace, object, whole.row);
    const { id: itemId } = await itemWith(workspace, object, id, whole.item);

    await crm.softDelete(workspace, object, id);
    await gone(workspace, object, id);
    expect((await listView(workspace, object)).recycled.map((item) => item.id)).toContain(itemId);

    await crm.restore(workspace, object, id);
    await itemWith(workspace, object, id, whole.item);

    await crm.destroy(workspace, object, id);
    await gone(workspace, object, id);
    await mappingWhere(pipeline, keyOf(workspace, object, id), ({ status }) => status === 'deleted');
  });

  test('delete and restore from the recycle bin in SharePoint', async () => {
    const whole = wholeOf(casesOf(object, workspace, unique()), 'first');
    const id = await crm.create(workspace, object, whole.row);
    const { id: itemId } = await itemWith(workspace, object, id, whole.item);
    await seen(workspace, object, id);

    await deleteItem(workspace, object, itemId);
    await eventually('the row is soft-deleted', async () =>
      (await crm.row(workspace, object, id))?.['deletedAt'] ? true : undefined,
    );

    await restoreItem(workspace, object, itemId);
    await eventually('the row is back', async () =>
      (await crm.row(workspace, object, id))?.['deletedAt'] === null ? true : undefined,
    );
    expect(await crm.row(workspace, object, id)).toMatchObject(whole.row);
    const live = (await listView(workspace, object)).items.filter((item) => item.fields['TwentyId'] === id);
    expect(live.map((item) => item.id)).toEqual([itemId]);
    await crm.destroy(workspace, object, id);
    await gone(workspace, object, id);
  });
});

test.each(WORKSPACES)(
  '%s: an item deleted before it was ever read takes its row with it',
  async (_, workspace) => {
    const id = await crm.create(workspace, 'company', { name: `Ember ${unique()}` });
    const { id: itemId } = await itemWith(workspace, 'company', id, { TwentyId: id });
    await deleteItem(workspace, 'company', itemId);
    await eventually('the row is soft-deleted', async () =>
      (await crm.row(workspace, 'company', id))?.['deletedAt'] ? true : undefined,
    );
  },
);

/** Waits until the item was read from SharePoint once. */
function seen(workspace: Workspace, object: SyncedObject, id: string): Promise<true> {
  const topic = topics.sharepointChanges[object];
  const key = keyOf(workspace, object, id);
  return eventually(
    'the item is read',
    async () => ((await recordsOf(pipeline, topic, key)).length > 0 ? true : undefined),
    { everyMs: 200 },
  );
}
