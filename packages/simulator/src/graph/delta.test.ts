import { Rig, errorOf, fieldsOf, listIdOf, valueOf } from '../testing/rig.ts';
import type { Answered, Json } from '../testing/rig.ts';

const deltaLink = (answered: Answered): string => String(answered.body['@odata.deltaLink']);
const ids = (answered: Answered): unknown[] => valueOf(answered).map((item: Json) => item['id']);

async function latest(rig: Rig, list: string): Promise<string> {
  return deltaLink(await rig.call('GET', `${list}/items/delta?$expand=fields&token=latest`));
}

test('without a token everything alive comes, page by page, with the options kept in the links', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  for (const Title of ['Fern', 'Moss', 'Ivy']) await rig.plant(list, { Title });
  await rig.call('DELETE', `${list}/items/1`);
  const first = await rig.call('GET', `${list}/items/delta?$expand=fields&$top=1`);
  expect(first.body['@odata.context']).toMatch(/\$metadata#Collection\(listItem\)$/);
  expect(String(first.body['@odata.nextLink'])).toContain('/items/delta?$expand=fields&$top=1&token=');
  expect(first.body).not.toHaveProperty('@odata.deltaLink');
  const second = await rig.call('GET', String(first.body['@odata.nextLink']));
  expect([ids(first), ids(second)]).toEqual([['2'], ['3']]);
  expect(fieldsOf(valueOf(second)[0] ?? {})['Title']).toBe('Ivy');
  expect(ids(await rig.call('GET', deltaLink(second)))).toEqual([]);
});

test('token=latest hands out a link and nothing else', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const answered = await rig.call('GET', `${list}/items/delta?token=latest`);
  expect(answered.body['value']).toEqual([]);
  expect(ids(await rig.call('GET', deltaLink(answered)))).toEqual([]);
});

test('own changes are included, once per item, in their latest state', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const link = await latest(rig, list);
  await rig.plant(list, { Title: 'Fern' });
  await rig.call('PATCH', `${list}/items/1/fields`, { Title: 'Royal fern' });
  const changes = await rig.call('GET', link);
  expect(valueOf(changes).map((item) => fieldsOf(item)['Title'])).toEqual(['Royal fern']);
  expect(ids(await rig.call('GET', deltaLink(changes)))).toEqual([]);
  expect(ids(await rig.call('GET', link))).toEqual(['1']);
});

test('changes come in pages too', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  rig.simulator.knobs.deltaPageSize = 2;
  const link = await latest(rig, list);
  for (const Title of ['Fern', 'Moss', 'Ivy']) await rig.plant(list, { Title });
  const first = await rig.call('GET', link);
  const second = await rig.call('GET', String(first.body['@odata.nextLink']));
  expect([ids(first), ids(second)]).toEqual([['1', '2'], ['3']]);
});

test('a deleted item is a bare tombstone, and a restored one comes back with its id', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const link = await latest(rig, list);
  await rig.call('DELETE', `${list}/items/1`);
  const gone = await rig.call('GET', link);
  expect(valueOf(gone)).toEqual([
    {
      id: '1',
      parentReference: { siteId: expect.any(String) },
      contentType: { id: expect.any(String), name: 'Item' },
      deleted: { state: 'deleted' },
    },
  ]);
});

test('an expired token is 410 with the address of a fresh enumeration', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const link = await latest(rig, list);
  rig.now += rig.simulator.knobs.deltaRetentionMs + 1;
  const expired = await rig.call('GET', link);
  expect(expired.status).toBe(410);
  expect(errorOf(expired)).toMatchObject({
    code: 'resyncRequired',
    innerError: { code: 'resyncChangesApplyDifferences' },
  });
  expect(ids(await rig.call('GET', String(expired.headers['Location'])))).toEqual(['1']);
});

test.each([
  'nonsense',
  Buffer.from('{"listId":"other","epoch":0,"issuedAt":0,"seq":0}').toString('base64url'),
])('a token that is not of this list is malformed, not expired: %s', async (token) => {
  const rig = new Rig();
  const list = await rig.plants();
  const refused = await rig.call('GET', `${list}/items/delta?token=${token}`);
  expect([refused.status, errorOf(refused)['message']]).toEqual([400, 'Provided sync token is malformed']);
});

test('a change stays invisible for the time of the knob', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  rig.simulator.knobs.deltaVisibilityMs = 5_000;
  const link = await latest(rig, list);
  await rig.plant(list, { Title: 'Fern' });
  const early = await rig.call('GET', link);
  expect(ids(early)).toEqual([]);
  rig.now += 5_000;
  expect(ids(await rig.call('GET', deltaLink(early)))).toEqual(['1']);
});

test('an edit by a person appears as that person', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const link = await latest(rig, list);
  rig.editAs('Ola Brandt', listIdOf(list), '1', { Height: 9 });
  expect(valueOf(await rig.call('GET', link))[0]?.['lastModifiedBy']).not.toHaveProperty('application');
});

test('taking a column away is no change of the items', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const before = await latest(rig, list);
  await rig.plant(list, { Title: 'Fern', Height: 1 });
  const after = await latest(rig, list);
  await rig.call('DELETE', `${list}/columns/Height`);
  expect(ids(await rig.call('GET', after))).toEqual([]);
  expect(ids(await rig.call('GET', before))).toEqual(['1']);
});
