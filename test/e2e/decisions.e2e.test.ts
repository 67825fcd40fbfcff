/** What people decide about conflicts, from the command line: questions, decisions, values put back, and breakers. */
import { to, topics } from '@sync/core';
import type { Client } from '@sync/runtime';
import { configsOf } from '../support/busy-workspaces.ts';
import { openCrm } from '../support/crm.ts';
import { eventually } from '../support/eventually.ts';
import { operator } from '../support/operator.ts';
import { conflictsOf, openPipeline } from '../support/pipeline.ts';
import { unique } from '../support/record-cases.ts';
import { rowWith } from '../support/row-with.ts';
import { editItem, itemOf, itemWith } from '../support/sharepoint.ts';
import { CURRENT, OLD } from '../support/workspaces.ts';
import type { Workspace } from '../support/workspaces.ts';

jest.setTimeout(120_000);
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

async function born(workspace: Workspace, values: Readonly<Record<string, unknown>>) {
  const id = await crm.create(workspace, object, { name: `Sedge ${unique()}`, ...values });
  const { id: itemId } = await itemWith(workspace, object, id, { TwentyId: id });
  return { id, itemId };
}

/** Waits until a record's questions are as many as wanted. */
const questions = (count: number, ...filter: readonly string[]): Promise<string[]> =>
  eventually(`${count} questions`, async () => {
    const found = await operator('conflicts', 'list', ...filter);
    return found.length === count ? found : undefined;
  });

test('under manualReview a person is asked, and the decided value comes to stand on both sides', async () => {
  const column = 'linkedinLinkPrimaryLinkUrl';
  const [ours, theirs, decided] = ['a', 'b', 'c'].map((end) => `https://sedge.example/${end}`);
  const { id, itemId } = await born(OLD, { [column]: 'https://sedge.example' });
  await Promise.all([
    crm.update(OLD, object, id, { [column]: ours }),
    editItem(OLD, object, itemId, { LinkedInUrl: theirs }),
  ]);
  const [line] = await questions(1, '--record', id);
  expect(line).toMatch(/linkedinLink {2}bothEdited .*sedge\.example\/a.*sedge\.example\/b/);
  await rowWith(crm, { workspace: OLD, object, id }, { [column]: ours });
  await itemWith(OLD, object, id, { LinkedInUrl: theirs });

  expect(await operator('conflicts', 'resolve', '--record', id, '--value', decided ?? '')).toEqual([
    'decided: 1 of 1',
  ]);
  await rowWith(crm, { workspace: OLD, object, id }, { [column]: decided });
  await itemWith(OLD, object, id, { LinkedInUrl: decided });
  await questions(0, '--record', id);
  await crm.destroy(OLD, object, id);
});

test('under fieldMerge two edits of one address become one, and both stay readable', async () => {
  const { id, itemId } = await born(OLD, {
    addressAddressStreet1: 'Old Lane 1',
    addressAddressCity: 'Fenby',
  });
  await Promise.all([
    crm.update(OLD, object, id, { addressAddressStreet1: 'New Lane 2' }),
    editItem(OLD, object, itemId, { AddressCity: 'Marsh End' }),
  ]);
  await rowWith(
    crm,
    { workspace: OLD, object, id },
    { addressAddressStreet1: 'New Lane 2', addressAddressCity: 'Marsh End' },
  );
  await itemWith(OLD, object, id, { AddressStreet1: 'New Lane 2', AddressCity: 'Marsh End' });
  expect(await conflictsOf(pipeline, id)).toMatchObject([{ field: 'address', winner: 'merged' }]);
  await crm.destroy(OLD, object, id);
});

test('the value that lost is put back', async () => {
  const { id, itemId } = await born(CURRENT, { employees: 1 });
  await Promise.all([
    crm.update(CURRENT, object, id, { employees: 20 }),
    editItem(CURRENT, object, itemId, { Employees: 30 }),
  ]);
  await eventually('a conflict', async () => (await conflictsOf(pipeline, id))[0]);
  await itemWith(CURRENT, object, id, { Employees: 20 });
  expect(await operator('conflicts', 'undo', '--record', id, '--field', 'employees')).toEqual([
    'decided: 1 of 1',
  ]);
  await rowWith(crm, { workspace: CURRENT, object, id }, { employees: 30 });
  await itemWith(CURRENT, object, id, { Employees: 30 });
  await crm.destroy(CURRENT, object, id);
});

describe('a mass delete', () => {
  const LIMIT = 2;

  async function limit(massDeleteLimit: number): Promise<void> {
    const config = (await configsOf(pipeline)).find(({ workspaceId }) => workspaceId === CURRENT.id);
    if (config === undefined) throw new Error('the workspace is configured');
    const objects = config.objects.map((one) => (one.name === object ? { ...one, massDeleteLimit } : one));
    await pipeline.send([to(topics.config, CURRENT.id, { ...config, objects })]);
  }

  afterAll(() => limit(1_000_000));

  test('stops, asks, and goes on as a person decides', async () => {
    await limit(LIMIT);
    const ids: string[] = [];
    for (let i = 0; i < LIMIT + 3; i++) ids.push((await born(CURRENT, {})).id);
    for (const id of ids) await crm.softDelete(CURRENT, object, id);
    // What other tests deleted lately counts too, so fewer than the limit may have passed.
    const { held, standing } = await eventually('all deletes done or held', async () => {
      const lines = await operator('conflicts', 'list', '--workspace', CURRENT.id, '--kind', 'massDelete');
      const items = await Promise.all(ids.map((id) => itemOf(CURRENT, object, id)));
      const alive = ids.filter((_, i) => items[i] !== undefined);
      return lines.length === alive.length ? { held: lines, standing: alive } : undefined;
    });
    expect(held.every((line) => line.includes('  alive  massDelete'))).toBe(true);
    expect(standing.length).toBeGreaterThanOrEqual(ids.length - LIMIT);

    const [first, ...rest] = standing;
    const resolve = (...args: readonly string[]) => operator('conflicts', 'resolve', ...args);
    expect(await resolve('--record', first ?? '', '--keep', 'sharepoint')).toEqual(['decided: 1 of 1']);
    await rowWith(crm, { workspace: CURRENT, object, id: first ?? '' }, { deletedAt: null });
    expect(await resolve('--workspace', CURRENT.id, '--kind', 'massDelete', '--keep', 'twenty')).toEqual([
      `decided: ${rest.length} of ${rest.length}`,
    ]);
    for (const id of rest)
      await eventually('the item is gone', async () =>
        (await itemOf(CURRENT, object, id)) === undefined ? true : undefined,
      );
    // The one that lives on is not destroyed: that would be one delete more.
    for (const id of rest) await crm.destroy(CURRENT, object, id);
  });
});
