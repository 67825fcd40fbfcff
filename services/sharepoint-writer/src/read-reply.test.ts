import type { GraphReply } from '@sync/graph';
import { etag } from './testing/fixtures.ts';
import type { Request, Seen } from './job.ts';
import { readReply, seenItem } from './read-reply.ts';

const create: Request = { do: 'create', columns: {} };
const update: Request = { do: 'update', itemId: '7', etag: etag(1), version: 'v', columns: {} };
const reply = (status: number, body: unknown = null): GraphReply => ({ status, headers: {}, body });
const refusal = (status: number, code: string, message = ''): GraphReply =>
  reply(status, { error: { code, message } });

test.each<[string, Request, GraphReply, Seen]>([
  [
    'a new item',
    create,
    reply(201, { id: '9', eTag: etag(1), fields: {} }),
    { saw: 'done', itemId: '9', etag: etag(1) },
  ],
  ['a new item without eTag', create, reply(201, { id: '9' }), { saw: 'done', itemId: '9', etag: null }],
  [
    'changed fields',
    update,
    reply(200, { '@odata.etag': etag(2) }),
    { saw: 'done', itemId: '7', etag: etag(2) },
  ],
  ['changed fields without eTag', update, reply(200, {}), { saw: 'done', itemId: '7', etag: null }],
  [
    'an eTag without a number',
    update,
    reply(200, { '@odata.etag': 'W/"x"' }),
    { saw: 'done', itemId: '7', etag: null },
  ],
  ['404', update, refusal(404, 'itemNotFound'), { saw: 'missing' }],
  ['412', update, refusal(412, 'notAllowed'), { saw: 'stale' }],
  ['409 of a race', update, refusal(409, 'resourceModified'), { saw: 'stale' }],
  ['409 of a unique column', create, refusal(409, 'nameAlreadyExists'), { saw: 'duplicate' }],
  [
    'an unknown column',
    update,
    refusal(400, 'invalidRequest', "Field 'Icp' is not recognized"),
    { saw: 'unknownColumn', column: 'Icp' },
  ],
  [
    'an unknown column, misspelt',
    update,
    refusal(400, 'invalidRequest', "Field 'Icp' is not recognied"),
    { saw: 'unknownColumn', column: 'Icp' },
  ],
  [
    'another 400',
    update,
    refusal(400, 'invalidRequest', 'No'),
    { saw: 'refused', status: 400, code: 'invalidRequest', message: 'No' },
  ],
])('reads %s', (_, request, given, seen) => {
  expect(readReply(request, given)).toEqual(seen);
});

test('an item whose eTag cannot be sorted is waited for', () => {
  const item = {
    id: '7',
    etag: 'x',
    modifiedAt: 0,
    modifiedBy: 'user',
    applicationId: null,
    fields: {},
  } as const;
  expect(() => seenItem(item)).toThrow('no version number');
});
