/** A notification makes an edit arrive at once; without it the timed read brings it all the same. */
import { topics } from '@sync/core';
import type { SharePointNotification } from '@sync/core';
import type { Client } from '@sync/runtime';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import { openPipeline } from '../support/pipeline.ts';
import { unique } from '../support/record-cases.ts';
import { rowWith } from '../support/row-with.ts';
import { editItem, faults, itemWith, placeOf, withKnobs } from '../support/sharepoint.ts';
import { OLD } from '../support/workspaces.ts';

jest.setTimeout(90_000);
const crm = openCrm();
let pipeline: Client;
let rung: SharePointNotification[] = [];
beforeAll(async () => {
  pipeline = await openPipeline();
  const { listId } = await placeOf(OLD, 'company');
  await pipeline.follow(topics.notifications, ({ value }) => {
    if (value?.listId === listId) rung.push(value);
  });
});
afterAll(async () => {
  await crm.close();
  await pipeline.close();
});

/** The lists of this workspace are read every five seconds; this is far less. */
const AT_ONCE_MS = 2000;

async function born(): Promise<{ id: string; itemId: string }> {
  const id = await crm.create(OLD, 'company', { name: `Sedge ${unique()}` });
  const { id: itemId } = await itemWith(OLD, 'company', id, { TwentyId: id });
  return { id, itemId };
}

test('the doorbell: every edit arrives long before the next timed read', async () => {
  const { id, itemId } = await born();
  await withKnobs({ notifyDelayMs: 50 }, async () => {
    for (const employees of [11, 12, 13, 14, 15, 16]) {
      rung = [];
      await editItem(OLD, 'company', itemId, { Employees: employees });
      await rowWith(crm, { workspace: OLD, object: 'company', id }, { employees }, AT_ONCE_MS);
      const [first] = await eventually('the bell', async () => (rung.length > 0 ? rung : undefined));
      expect(first).toMatchObject({ kind: 'changed' });
    }
  });
  await crm.destroy(OLD, 'company', id);
});

test('the timed read: an edit whose notification is lost arrives too', async () => {
  const { id, itemId } = await born();
  // What the creation rings must not be mistaken for the edit.
  await eventually('the bell of the creation', async () => (rung.length > 0 ? true : undefined));
  await faults({ dropNotifications: 1000 });
  try {
    rung = [];
    await editItem(OLD, 'company', itemId, { Employees: 21 });
    await rowWith(crm, { workspace: OLD, object: 'company', id }, { employees: 21 });
    expect(rung).toEqual([]);
    expect((await faults()).dropNotifications).toBeLessThan(1000);
  } finally {
    await faults({ dropNotifications: 0 });
  }
  await crm.destroy(OLD, 'company', id);
});
