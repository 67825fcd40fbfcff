import { Rig, errorOf, fieldsOf, valueOf } from '../testing/rig.ts';

test('pages follow one another by a link whose token names the last id', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  for (const Title of ['Fern', 'Moss', 'Ivy']) await rig.plant(list, { Title });
  const first = await rig.call('GET', `${list}/items?$expand=fields&$top=2`);
  const link = String(first.body['@odata.nextLink']);
  expect(link).toContain('/items?$expand=fields&$top=2&$skiptoken=');
  const token = link.split('$skiptoken=')[1] ?? '';
  expect(Buffer.from(token, 'base64').toString()).toBe('Paged=TRUE&p_ID=2');
  const second = await rig.call('GET', link);
  expect(valueOf(second).map((item) => fieldsOf(item)['Title'])).toEqual(['Ivy']);
  expect(second.body).not.toHaveProperty('@odata.nextLink');
});

test('a filter on an indexed column finds the item, quotes doubled and case ignored', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { PlantKey: "lady's mantle" });
  const found = await rig.call(
    'GET',
    `${list}/items?$filter=fields/PlantKey eq 'LADY''S mantle'&$expand=fields`,
  );
  expect(valueOf(found).map((item) => item['id'])).toEqual(['1']);
  const none = await rig.call('GET', `${list}/items?$filter=fields/PlantKey eq 'x'`);
  expect(valueOf(none)).toEqual([]);
});

test('a filter on a column without an index is refused even for a tiny list, unless the header allows it', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const url = `${list}/items?$filter=fields/Title eq 'Fern'`;
  const refused = await rig.call('GET', url);
  expect([refused.status, errorOf(refused)['code']]).toEqual([400, 'invalidRequest']);
  expect(String(errorOf(refused)['message'])).toContain("Field 'Title' cannot be referenced in filter");
  const prefer = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };
  expect(valueOf(await rig.call('GET', url, undefined, prefer))).toHaveLength(1);
});

test.each([
  ["PlantKey eq 'p-1'", 'Invalid filter clause'],
  ["fields/PlantKey ne 'p-1'", 'Invalid filter clause'],
  ["fields/Depth eq 'p-1'", "Field 'Depth' is not recognized"],
])('the filter %s is refused', async (filter, message) => {
  const rig = new Rig();
  const list = await rig.plants();
  const refused = await rig.call('GET', `${list}/items?$filter=${encodeURIComponent(filter)}`);
  expect([refused.status, errorOf(refused)['message']]).toEqual([400, message]);
});

test('a broken $top or $skiptoken is 400', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  expect((await rig.call('GET', `${list}/items?$top=none`)).status).toBe(400);
  expect((await rig.call('GET', `${list}/items?$skiptoken=xyz`)).status).toBe(400);
});
