import { Rig, errorOf } from '../testing/rig.ts';
import type { Answered, Json } from '../testing/rig.ts';

const JSON_HEADER = { 'Content-Type': 'application/json' };
const responses = (answered: Answered): Json[] => answered.body['responses'] as Json[];
const byId = (answered: Answered, id: string): Json =>
  responses(answered).find((one) => one['id'] === id) ?? {};

test('members are answered one by one, in another order than asked', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const requests = [
    {
      id: '1',
      method: 'POST',
      url: `${list}/items`,
      headers: JSON_HEADER,
      body: { fields: { Title: 'Fern' } },
    },
    { id: '2', method: 'GET', url: `${list}/items/1?$expand=fields` },
    { id: '3', method: 'DELETE', url: `${list}/items/1` },
    { id: '4', method: 'GET', url: `${list}/items/77` },
  ];
  const answered = await rig.call('POST', '/$batch', { requests });
  expect(answered.status).toBe(200);
  expect(responses(answered).map((one) => one['id'])).toEqual(['4', '3', '2', '1']);
  expect(byId(answered, '1')).toMatchObject({ status: 201, body: { id: '1' }, headers: JSON_HEADER });
  expect(byId(answered, '2')).toMatchObject({ status: 200, body: { fields: { Title: 'Fern' } } });
  expect(byId(answered, '3')).toMatchObject({ status: 204, body: null });
  expect(byId(answered, '4')).toMatchObject({ status: 404, body: { error: { code: 'itemNotFound' } } });
});

test('what depends on a failed member is 424, and what depends on that too', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const requests = [
    { id: 'a', method: 'DELETE', url: `${list}/items/5` },
    { id: 'b', method: 'GET', url: list, dependsOn: ['a'] },
    { id: 'c', method: 'GET', url: list, dependsOn: ['b'] },
    { id: 'd', method: 'GET', url: list },
  ];
  const answered = await rig.call('POST', '/$batch', { requests });
  expect(['a', 'b', 'c', 'd'].map((id) => byId(answered, id)['status'])).toEqual([404, 424, 424, 200]);
});

test('If-Match inside a member counts', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const headers = { ...JSON_HEADER, 'If-Match': '"other,1"' };
  const requests = [
    { id: '1', method: 'PATCH', url: `${list}/items/1/fields`, headers, body: { Height: 1 } },
  ];
  expect(byId(await rig.call('POST', '/$batch', { requests }), '1')['status']).toBe(412);
});

test('each member is charged, and a throttled one carries Retry-After in its own headers', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  rig.simulator.faults.next429 = 1;
  const requests = [1, 2].map((id) => ({ id: String(id), method: 'GET', url: list }));
  const before = usage(rig);
  const answered = await rig.call('POST', '/$batch', { requests });
  expect(byId(answered, '1')).toMatchObject({ status: 429, headers: { 'Retry-After': '1' } });
  expect(byId(answered, '2')['status']).toBe(200);
  expect(usage(rig) - before).toBe(2);
});

const usage = (rig: Rig): number =>
  [...rig.simulator.meter.usage.values()].reduce((sum, { resourceUnits }) => sum + resourceUnits, 0);

const get = (id: string, more: Json = {}): Json => ({ id, method: 'GET', url: '/sites/x', ...more });

test.each([
  ['21 members', Array.from({ length: 21 }, (_, at) => get(String(at)))],
  ['no member', []],
  ['the same id in another case', [get('a'), get('A')]],
  ['an absolute url', [get('1', { url: 'https://elsewhere.example/sites' })]],
  ['a batch in a batch', [get('1', { url: '/$batch' })]],
  ['a body without a content type', [get('1', { body: {} })]],
  ['a dependency on what comes later', [get('1', { dependsOn: ['2'] }), get('2')]],
])('a batch with %s is refused as a whole', async (_what, requests) => {
  const refused = await new Rig().call('POST', '/$batch', { requests });
  expect([refused.status, errorOf(refused)['code']]).toEqual([400, 'BadRequest']);
});
