import { HOST, OTHER_TENANT, PLANTS, Rig, errorOf, valueOf } from '../testing/rig.ts';

test('a site is found by path, by id, and with a path behind the path', async () => {
  const rig = new Rig();
  const byPath = await rig.call('GET', `/sites/${HOST}:/sites/garden`);
  expect(byPath.body).toMatchObject({
    displayName: 'Garden',
    name: 'garden',
    webUrl: `https://${HOST}/sites/garden`,
  });
  expect(byPath.body['id']).toMatch(new RegExp(`^${HOST},[0-9a-f-]{36},[0-9a-f-]{36}$`));
  expect((await rig.call('GET', `/sites/${String(byPath.body['id'])}`)).body).toEqual(byPath.body);
  expect((await rig.call('GET', `/sites/${HOST}:/sites/garden:/lists`)).status).toBe(200);
});

test('another tenant does not see the site', async () => {
  const rig = new Rig();
  const answered = await rig.call('GET', `/sites/${HOST}:/sites/garden`, undefined, {}, OTHER_TENANT);
  expect([answered.status, errorOf(answered)['code']]).toEqual([404, 'itemNotFound']);
});

test('a created list has its own version tag, its address and a Title column', async () => {
  const rig = new Rig();
  const site = await rig.site();
  const { status, body } = await rig.call('POST', `${site}/lists`, PLANTS);
  expect(status).toBe(201);
  expect(body['eTag']).toBe(`"${String(body['id'])},0"`);
  expect(body).toMatchObject({
    displayName: 'Plants',
    name: 'Plants',
    webUrl: `https://${HOST}/sites/garden/Lists/Plants`,
    createdDateTime: '2026-05-06T07:08:09Z',
    list: { template: 'genericList', hidden: false, contentTypesEnabled: false },
  });
  const columns = valueOf(await rig.call('GET', `${site}/lists/Plants/columns`));
  expect(columns.find((column) => column['name'] === 'Title')).toMatchObject({ text: { maxLength: 255 } });
  expect(columns.find((column) => column['name'] === 'PlantKey')).toMatchObject({
    indexed: true,
    enforceUniqueValues: true,
    text: { allowMultipleLines: false, maxLength: 36 },
  });
  expect(columns.find((column) => column['name'] === 'Modified')).toMatchObject({ readOnly: true });
});

test('a second list of the same title is 409, whatever its case', async () => {
  const rig = new Rig();
  await rig.plants();
  const again = await rig.call('POST', `${await rig.site()}/lists`, { displayName: 'PLANTS' });
  expect([again.status, errorOf(again)['code']]).toEqual([409, 'nameAlreadyExists']);
});

test('lists come in pages and are found by id or title', async () => {
  const rig = new Rig();
  const site = await rig.site();
  for (const displayName of ['A', 'B', 'C']) await rig.call('POST', `${site}/lists`, { displayName });
  const first = await rig.call('GET', `${site}/lists?$top=2`);
  const second = await rig.call('GET', String(first.body['@odata.nextLink']));
  const names = [...valueOf(first), ...valueOf(second)].map((list) => list['displayName']);
  expect(names).toEqual(['A', 'B', 'C']);
  const byTitle = await rig.call('GET', `${site}/lists/b`);
  expect((await rig.call('GET', `${site}/lists/${String(byTitle.body['id'])}`)).body).toEqual(byTitle.body);
  expect((await rig.call('GET', `${site}/lists/Z`)).status).toBe(404);
});

test('a column is added, renamed for people only, and removed with its values', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const added = await rig.call('POST', `${list}/columns`, { name: 'Depth', number: { minimum: 0 } });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({
    name: 'Depth',
    displayName: 'Depth',
    number: { decimalPlaces: 'automatic' },
  });
  await rig.plant(list, { Depth: 3 });
  const url = `${list}/columns/${String(added.body['id'])}`;
  const renamed = await rig.call('PATCH', url, { displayName: 'Planting depth', name: 'Other' });
  expect(renamed.body).toMatchObject({ name: 'Depth', displayName: 'Planting depth' });
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { Depth: -1 })).status).toBe(400);
  expect((await rig.call('DELETE', url)).status).toBe(204);
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { Depth: 1 })).status).toBe(400);
  await rig.call('POST', `${list}/columns`, { name: 'Depth', number: {} });
  expect((await rig.call('GET', `${list}/items/1/fields`)).body).not.toHaveProperty('Depth');
});

test.each([
  ['two types at once', { name: 'X', text: {}, number: {} }, 400],
  ['unique without an index', { name: 'X', text: {}, enforceUniqueValues: true }, 400],
  [
    'an index on several lines of text',
    { name: 'X', text: { allowMultipleLines: true }, indexed: true },
    400,
  ],
  ['more than 255 characters', { name: 'X', text: { maxLength: 256 } }, 400],
  ['no name', { text: {} }, 400],
  ['a name that is taken', { name: 'height', number: {} }, 409],
  ['a name SharePoint keeps for itself', { name: 'Modified', dateTime: {} }, 409],
])('a column with %s is refused', async (_what, definition, status) => {
  const rig = new Rig();
  const list = await rig.plants();
  expect((await rig.call('POST', `${list}/columns`, definition)).status).toBe(status);
});

test('a 21st indexed column is refused', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const add = (at: number) =>
    rig.call('POST', `${list}/columns`, { name: `I${at}`, text: {}, indexed: true });
  for (let at = 2; at <= 20; at += 1) expect((await add(at)).status).toBe(201);
  expect((await add(21)).status).toBe(400);
});

test('a column cannot become unique over duplicates', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  await rig.plant(list, { Title: 'fern' });
  const unique = { indexed: true, enforceUniqueValues: true };
  expect((await rig.call('PATCH', `${list}/columns/Title`, unique)).status).toBe(400);
  await rig.call('DELETE', `${list}/items/2`);
  expect((await rig.call('PATCH', `${list}/columns/Title`, unique)).status).toBe(200);
  expect((await rig.call('POST', `${list}/items`, { fields: { Title: 'FERN' } })).status).toBe(409);
});

test('columns beginning with an underscore cannot be written', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  expect((await rig.call('POST', `${list}/columns`, { name: '_Secret', text: {} })).status).toBe(201);
  const refused = await rig.call('POST', `${list}/items`, { fields: { _Secret: 'x' } });
  expect(errorOf(refused)['message']).toBe("Field '_Secret' is not recognized");
});

test('a lookup is written by id and read back as text; an id of nothing is a general error', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const listId = list.split('/').at(-1);
  await rig.call('POST', `${list}/columns`, { name: 'Parent', lookup: { listId, columnName: 'Title' } });
  await rig.plant(list, { Title: 'Fern' });
  const child = await rig.call('POST', `${list}/items`, { fields: { ParentLookupId: 1 } });
  expect(child.body['fields']).toMatchObject({ ParentLookupId: '1' });
  const wrong = await rig.call('POST', `${list}/items`, { fields: { ParentLookupId: 99 } });
  expect([wrong.status, errorOf(wrong)['code']]).toEqual([500, 'generalException']);
});
