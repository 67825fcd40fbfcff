import { APP, BASE, Rig, errorOf, fieldsOf, listIdOf } from '../testing/rig.ts';

const START_SECOND = '2026-05-06T07:08:09Z';

test('a created item carries fields, eTag, whole seconds and the writing application', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const answered = await rig.call('POST', `${list}/items`, {
    fields: { Title: 'Fern', PlantKey: 'p-1', Height: 12.5, Perennial: true },
  });
  const by = {
    application: { id: APP, displayName: 'Garden Sync' },
    user: { displayName: 'SharePoint App' },
  };
  expect(answered.status).toBe(201);
  const etag = answered.body['eTag'];
  expect(etag).toMatch(/^"[0-9a-f-]{36},1"$/);
  expect(answered.body).toMatchObject({
    '@odata.context': expect.stringMatching(/\$metadata#sites\('.+%2C.+'\)\/lists\('.+'\)\/items\/\$entity$/),
    '@odata.etag': etag,
    id: '1',
    createdDateTime: START_SECOND,
    lastModifiedDateTime: START_SECOND,
    createdBy: by,
    lastModifiedBy: by,
    parentReference: { siteId: expect.stringContaining(',') },
    contentType: { name: 'Item' },
  });
  expect(fieldsOf(answered.body)).toEqual({
    '@odata.etag': etag,
    Title: 'Fern',
    PlantKey: 'p-1',
    Height: 12.5,
    Perennial: true,
    id: '1',
    ContentType: 'Item',
    Modified: START_SECOND,
    Created: START_SECOND,
    AuthorLookupId: '7',
    EditorLookupId: '7',
    _UIVersionString: '1.0',
    Attachments: false,
    Edit: '',
    LinkTitleNoMenu: 'Fern',
    LinkTitle: 'Fern',
    ItemChildCount: '0',
    FolderChildCount: '0',
    _ComplianceFlags: '',
    _ComplianceTag: '',
    _ComplianceTagWrittenTime: '',
    _ComplianceTagUserId: '',
    AppAuthorLookupId: expect.stringMatching(/^\d+$/),
    AppEditorLookupId: expect.stringMatching(/^\d+$/),
  });
});

test('a patch of the fields answers the field values alone, keeps the unsent and blanks null', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern', Height: 10, Light: 'SUN' });
  rig.now += 5_000;
  const { status, body } = await rig.call('PATCH', `${list}/items/1/fields`, { Height: 20, Light: null });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    Title: 'Fern',
    Height: 20,
    _UIVersionString: '2.0',
    Modified: '2026-05-06T07:08:14Z',
  });
  expect(body['@odata.etag']).toMatch(/,2"$/);
  expect(body).not.toHaveProperty('Light');
  expect(body).not.toHaveProperty('createdDateTime');
  expect(body).not.toHaveProperty('webUrl');
});

test('a patch of the item answers the whole item', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const { status, body } = await rig.call('PATCH', `${list}/items/1`, { fields: { Title: 'Bracken' } });
  expect([status, fieldsOf(body)['Title'], body['id']]).toEqual([200, 'Bracken', '1']);
});

test('an edit by a person shows the person and no application', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  rig.editAs('Mina Okafor', listIdOf(list), '1', { Title: 'Royal fern' });
  const { body } = await rig.call('GET', `${list}/items/1?$expand=fields`);
  expect(body['lastModifiedBy']).toEqual({
    user: {
      email: expect.stringMatching(/^mina\.okafor@/),
      id: expect.any(String),
      displayName: 'Mina Okafor',
    },
  });
  expect(fieldsOf(body)).toHaveProperty('AppAuthorLookupId');
  expect(fieldsOf(body)).not.toHaveProperty('AppEditorLookupId');
});

test('a read without $expand has no fields; a select inside narrows them; an unknown name refuses the read', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern', Height: 3 });
  expect((await rig.call('GET', `${list}/items/1`)).body).not.toHaveProperty('fields');
  const narrow = await rig.call('GET', `${list}/items/1?$expand=fields($select=Height)`);
  expect(fieldsOf(narrow.body)).toEqual({ '@odata.etag': expect.any(String), Height: 3 });
  const wrong = await rig.call('GET', `${list}/items/1?expand=fields(select=Depth)`);
  expect([wrong.status, errorOf(wrong)['code']]).toEqual([400, 'invalidRequest']);
});

test('If-Match: the current eTag writes, a stale one is 412 and changes nothing', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const created = await rig.plant(list, { Title: 'Fern' });
  const first = { 'if-match': String(created['eTag']) };
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { Height: 1 }, first)).status).toBe(200);
  const stale = await rig.call('PATCH', `${list}/items/1/fields`, { Height: 2 }, first);
  expect([stale.status, errorOf(stale)['code']]).toEqual([412, 'resourceModified']);
  expect((await rig.call('DELETE', `${list}/items/1`, undefined, first)).status).toBe(412);
  expect((await rig.call('GET', `${list}/items/1/fields`)).body['Height']).toBe(1);
});

test.each([
  ['ignore', 200],
  ['conflict409', 409],
] as const)('If-Match mode %s answers a stale eTag with %i', async (mode, status) => {
  const rig = new Rig();
  rig.simulator.knobs.ifMatch = mode;
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  const stale = { 'if-match': '"nobody,9"' };
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { Height: 2 }, stale)).status).toBe(status);
});

test('a deleted item is gone, and deleting it again is 404', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { Title: 'Fern' });
  expect(await rig.call('DELETE', `${list}/items/1`)).toMatchObject({ status: 204, body: null });
  const again = await rig.call('DELETE', `${list}/items/1`);
  expect([again.status, errorOf(again)['code']]).toEqual([404, 'itemNotFound']);
  expect((await rig.call('GET', `${list}/items/1`)).status).toBe(404);
});

test('an unknown field is refused by name, in the documented envelope', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const refused = await rig.call('POST', `${list}/items`, { fields: { Depth: 1 } });
  expect(refused.status).toBe(400);
  expect(refused.body).toEqual({
    error: {
      code: 'invalidRequest',
      message: "Field 'Depth' is not recognized",
      innerError: { date: '2026-05-06T07:08:09', 'request-id': 'request-1', 'client-request-id': 'client-1' },
    },
  });
});

test.each([
  ['a number for text', { Title: 7 }],
  ['more than 255 characters on one line', { Title: 'x'.repeat(256) }],
  ['more than the column takes', { PlantKey: 'x'.repeat(37) }],
  ['text for a number', { Height: '12' }],
  ['text for a boolean', { Perennial: 'yes' }],
  ['a date nobody can read', { Sown: 'soon' }],
  ['a date before 1900', { Sown: '1899-12-31T00:00:00Z' }],
  ['an object for a choice', { Light: { results: ['SUN'] } }],
  ['several choices without their type', { Pests: ['SLUG'] }],
  ['a system field', { Modified: '2026-01-01T00:00:00Z' }],
  ['fields that are no object', 'Fern'],
])('%s is 400 and creates nothing', async (_what, fields) => {
  const rig = new Rig();
  const list = await rig.plants();
  expect((await rig.call('POST', `${list}/items`, { fields })).status).toBe(400);
  expect((await rig.call('GET', `${list}/items`)).body['value']).toEqual([]);
});

test('values are kept as their columns keep them', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const created = await rig.plant(list, {
    Sown: '2026-03-01T10:11:12.999+02:00',
    'Pests@odata.type': 'Collection(Edm.String)',
    Pests: ['APHID'],
    Light: 'MOONLIGHT',
    Notes: 'n'.repeat(300),
    PlantKey: '',
    Price: 12.25,
  });
  expect(fieldsOf(created)).toMatchObject({
    Sown: '2026-03-01T08:11:12Z',
    Pests: ['APHID'],
    Light: 'MOONLIGHT',
    Notes: 'n'.repeat(300),
    Price: 12.25,
  });
  expect(fieldsOf(created)).not.toHaveProperty('PlantKey');
});

test('the strict choice knob refuses what the list does not offer', async () => {
  const rig = new Rig();
  rig.simulator.knobs.strictChoice = true;
  const list = await rig.plants();
  expect((await rig.call('POST', `${list}/items`, { fields: { Light: 'MOONLIGHT' } })).status).toBe(400);
  expect((await rig.call('POST', `${list}/items`, { fields: { Light: 'SHADE' } })).status).toBe(201);
});

test.each([
  [409, 'nameAlreadyExists'],
  [400, 'invalidRequest'],
  [500, 'generalException'],
] as const)('a duplicate in a unique column is %i %s, whatever its case', async (status, code) => {
  const rig = new Rig();
  rig.simulator.knobs.uniqueViolation = status;
  const list = await rig.plants();
  await rig.plant(list, { PlantKey: 'p-1' });
  const duplicate = await rig.call('POST', `${list}/items`, { fields: { PlantKey: 'P-1' } });
  expect([duplicate.status, errorOf(duplicate)['code']]).toEqual([status, code]);
  expect(String(errorOf(duplicate)['message'])).toContain('[PlantKey]');
});

test('a unique value is free again after a blank or a delete, and an item does not clash with itself', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, { PlantKey: 'p-1' });
  await rig.plant(list, { PlantKey: 'p-2' });
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { PlantKey: 'P-1' })).status).toBe(200);
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { PlantKey: 'p-2' })).status).toBe(409);
  await rig.call('DELETE', `${list}/items/2`);
  expect((await rig.call('PATCH', `${list}/items/1/fields`, { PlantKey: 'p-2' })).status).toBe(200);
});

test('an array of items makes one empty item', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const value = [{ fields: { Title: 'a' } }, { fields: { Title: 'b' } }];
  const answered = await rig.call('POST', `${list}/items`, { value });
  expect(answered.status).toBe(201);
  expect(fieldsOf(answered.body)).not.toHaveProperty('Title');
  expect((await rig.call('GET', `${list}/items`)).body['value']).toHaveLength(1);
});

test('links and contexts are absolute', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  await rig.plant(list, {});
  const { body } = await rig.call('GET', `${list}/items/1?$expand=fields`);
  expect(String(body['fields@odata.context']).startsWith(`${BASE}/$metadata#sites(`)).toBe(true);
});
