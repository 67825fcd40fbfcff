/** The writer with the real Graph client against the simulator. */
import { randomUUID } from 'node:crypto';
import type { SharePointWrite, WriteResult } from '@sync/core';
import { openBench } from './testing/bench.ts';
import type { Bench } from './testing/bench.ts';
import { born, creation, dead, wish } from './testing/fixtures.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** A new record in the list, and the answer that made its item. */
async function made(name = 'Acorn'): Promise<{ command: SharePointWrite; result: WriteResult }> {
  const command = creation({ recordId: randomUUID(), wishes: [born, wish('name', name)] });
  return { command, result: await bench.write(command) };
}

/** A command decided on what an answer told. */
function after(
  made: { command: SharePointWrite; result: WriteResult },
  wishes: SharePointWrite['wishes'],
): SharePointWrite {
  const { itemId, etag, version } = made.result;
  return { ...made.command, itemId, etag, basis: version, wishes };
}

async function itemsOf(recordId: string): Promise<number> {
  const list = (await bench.control('GET', `/lists/${bench.list.listId}`)) as {
    items: { fields: Record<string, unknown> }[];
  };
  return list.items.filter((item) => item.fields['TwentyId'] === recordId).length;
}

test('creates, updates and deletes an item', async () => {
  const item = await made();
  expect(item.result).toMatchObject({ kind: 'written', attempts: 1 });
  const updated = await bench.write(
    after(item, [wish('annualRevenue', '["1234567.891","EUR"]', 't2'), wish('name', null, 't2')]),
  );
  expect(updated).toMatchObject({ kind: 'written', itemId: item.result.itemId, attempts: 1 });
  expect(updated.version > item.result.version).toBe(true);
  bench.restart();
  const gone = await bench.write(after({ ...item, result: updated }, [{ ...dead, source: 't3' }]));
  expect(gone).toMatchObject({ kind: 'written', etag: null });
  expect(gone.version > updated.version).toBe(true);
  expect(await itemsOf(item.command.recordId)).toBe(0);
});

test('reads back exactly what it wrote', async () => {
  const values = {
    name: 'Acorn',
    employees: '12.5',
    annualRevenue: '["9007199254740993.000001","EUR"]',
    idealCustomerProfile: 'false',
    address: '["a",null,"b",null,null,"c"]',
  };
  const wishes = [born, ...Object.entries(values).map(([field, value]) => wish(field, value))];
  const command = creation({ recordId: randomUUID(), wishes });
  await bench.write(command);
  bench.restart();
  expect(await bench.write(command)).toMatchObject({
    kind: 'alreadySo',
    picture: { values: { ...values, identity: command.recordId, industry: null } },
  });
});

test('makes one item when the answer to the create was lost', async () => {
  const command = creation({ recordId: randomUUID() });
  bench.loseNextAnswer();
  expect(await bench.write(command)).toMatchObject({
    kind: 'alreadySo',
    picture: { modifiedBy: 'application' },
  });
  expect(await itemsOf(command.recordId)).toBe(1);
});

test.each([409, 400, 500])('makes one item of a repeated create that is refused with %d', async (status) => {
  await bench.control('PATCH', '/knobs', { uniqueViolation: status });
  const { command } = await made();
  bench.restart();
  expect(await bench.write(command)).toMatchObject({ kind: 'alreadySo' });
  expect(await itemsOf(command.recordId)).toBe(1);
});

test.each(['honour', 'conflict409'])('overwrites no edit of a user (%s)', async (ifMatch) => {
  await bench.control('PATCH', '/knobs', { ifMatch });
  const item = await made();
  await bench.control('PATCH', `/lists/${bench.list.listId}/items/${item.result.itemId}`, {
    fields: { Industry: 'Wood' },
  });
  const answer = await bench.write(after(item, [wish('name', 'Birch', 't2')]));
  expect(answer).toMatchObject({
    kind: 'stale',
    picture: { modifiedBy: 'user', values: { name: 'Acorn', industry: 'Wood' } },
  });
  await bench.control('PATCH', '/knobs', { ifMatch: 'honour' });
});

test('does not bring back an item that a user deleted', async () => {
  const item = await made();
  await bench.control('DELETE', `/lists/${bench.list.listId}/items/${item.result.itemId}`);
  expect(await bench.write(after(item, [wish('name', 'Birch', 't2')]))).toMatchObject({
    kind: 'stale',
    picture: { exists: false },
  });
  expect(await itemsOf(item.command.recordId)).toBe(0);
});

test('waits when the whole list is gone', async () => {
  const nowhere = { ...bench.list, listId: randomUUID() };
  const item = await made();
  const update = after(item, [wish('name', 'Birch', 't2')]);
  await expect(bench.write(update, nowhere)).rejects.toMatchObject({ code: 'LIST_NOT_READY' });
  await expect(bench.write(creation({ recordId: randomUUID() }), nowhere)).rejects.toMatchObject({
    code: 'LIST_NOT_READY',
  });
});

test('sends what is ready at once in batches of 20', async () => {
  bench.requests.length = 0;
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => made(`Company ${i}`)));
  expect(answers.map(({ result }) => result.kind)).toEqual(Array<string>(30).fill('written'));
  expect(bench.requests).toEqual(['POST $batch', 'POST $batch']);
});

test('a list that lacks a column refuses its field and takes the others', async () => {
  const lacking = await openBench(['Industry']);
  const command = creation({
    recordId: randomUUID(),
    wishes: [born, wish('name', 'Acorn'), wish('industry', 'Wood')],
  });
  const answer = await lacking.write(command).finally(() => lacking.close());
  expect(answer).toMatchObject({
    kind: 'written',
    refusals: [{ field: 'industry', code: 'missing-column' }],
  });
  expect(answer.wishes.map(({ field }) => field)).toEqual(['alive', 'name']);
});
