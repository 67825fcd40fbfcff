/** Graph answers late, not at all, or that it is too busy: nothing is done twice, and nothing is lost. */
import { deadLetterTopic } from '@sync/core';
import type { Client } from '@sync/runtime';
import { openCrm } from '../support/crm.ts';
import { openPipeline } from '../support/pipeline.ts';
import { unique } from '../support/record-cases.ts';
import { faults, itemWith, itemsOf } from '../support/sharepoint.ts';
import { WORKSPACES } from '../support/workspaces.ts';

jest.setTimeout(90_000);
const crm = openCrm();
let pipeline: Client;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(async () => {
  await faults({ commitThen504: 0, next503: 0, next429: 0 });
  await crm.close();
  await pipeline.close();
});

const dead = async (): Promise<number> =>
  (await pipeline.readAll(deadLetterTopic('sharepoint-writer'))).length;

describe.each(WORKSPACES)('%s', (_, workspace) => {
  test('a create that is done but answered with 504 makes exactly one item', async () => {
    await faults({ commitThen504: 1 });
    const id = await crm.create(workspace, 'company', { name: `Weir ${unique()}`, employees: 3 });
    await itemWith(workspace, 'company', id, { Employees: 3 });
    expect((await faults()).commitThen504).toBe(0);
    await crm.update(workspace, 'company', id, { employees: 4 });
    await itemWith(workspace, 'company', id, { Employees: 4 });
    expect(await itemsOf(workspace, 'company', id)).toHaveLength(1);
    await crm.destroy(workspace, 'company', id);
  });

  test.each(['next503', 'next429'] as const)(
    '%s: after a run of refusals every record is there, once',
    async (fault) => {
      const before = await dead();
      await faults({ [fault]: 6 });
      const names = Array.from({ length: 10 }, () => `Ford ${unique()}`);
      const ids = await Promise.all(names.map((name) => crm.create(workspace, 'company', { name })));
      for (const [i, id] of ids.entries()) {
        await itemWith(workspace, 'company', id, { Title: names[i] ?? '' }, 60_000);
        expect(await itemsOf(workspace, 'company', id)).toHaveLength(1);
      }
      expect((await faults())[fault]).toBe(0);
      expect(await dead()).toBe(before);
      for (const id of ids) await crm.destroy(workspace, 'company', id);
    },
  );
});
