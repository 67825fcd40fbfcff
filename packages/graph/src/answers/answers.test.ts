import { codeOf, refusal } from '../fake-graph.ts';
import { errorOf, isDuplicate, isStale } from './error-of.ts';
import { etagOf, parseItem } from './parse-item.ts';

const reply = (status: number, body: unknown = null, headers: Record<string, string> = {}) => ({
  status,
  body,
  headers,
});
const application = { id: 'app-1', displayName: 'Sync' };

describe('parseItem', () => {
  it('reads what an application wrote', () => {
    const item = parseItem({
      id: '69',
      eTag: '"u,1"',
      lastModifiedDateTime: '2026-03-02T12:00:00Z',
      lastModifiedBy: { application, user: { displayName: 'SharePoint App' } },
      fields: {
        '@odata.etag': '"u,1"',
        Title: 'Acme',
        Employees: 0,
        Icp: false,
        Edit: '',
        Notes: null,
        'Tags@odata.type': 'x',
      },
    });
    expect(item).toEqual({
      id: '69',
      etag: '"u,1"',
      modifiedAt: Date.UTC(2026, 2, 2, 12),
      modifiedBy: 'application',
      applicationId: 'app-1',
      fields: { Title: 'Acme', Employees: 0, Icp: false },
    });
  });

  it.each([
    [{ user: { displayName: 'Adele' } }, 'user', null],
    [{ application: {} }, 'application', null],
    [{}, 'unknown', null],
    [undefined, 'unknown', null],
  ])('tells who wrote: %j', (lastModifiedBy, modifiedBy, applicationId) => {
    expect(parseItem({ id: '1', lastModifiedBy })).toMatchObject({ modifiedBy, applicationId });
  });

  it.each([{ eTag: '"u,2"' }, { '@odata.etag': '"u,2"' }, { fields: { '@odata.etag': '"u,2"' } }])(
    'finds the etag in %j',
    (where) => {
      expect(parseItem({ id: '1', ...where }).etag).toBe('"u,2"');
    },
  );

  it.each([null, {}, { id: 1 }, []])('refuses what is no item: %j', (json) => {
    expect(codeOf(() => parseItem(json))).toBe('GRAPH_UNAVAILABLE');
  });
});

describe('etagOf', () => {
  it.each([
    [reply(200, { '@odata.etag': '"u,2"', Title: 'A' }), '"u,2"'],
    [reply(200, null, { etag: '"u,3"' }), '"u,3"'],
    [reply(200, {}), null],
  ])('%#', (from, etag) => {
    expect(etagOf(from)).toBe(etag);
  });
});

describe('errorOf', () => {
  it('walks the inner codes in both spellings', () => {
    const body = { error: { code: 'a', message: 'm', innerError: { code: 'b', innererror: { code: 'c' } } } };
    expect(errorOf(reply(400, body))).toEqual({ code: 'a', message: 'm', codes: ['a', 'b', 'c'] });
  });

  it.each([null, 'text', {}, { error: 'text' }])('has nothing to say about %j', (body) => {
    expect(errorOf(reply(500, body))).toEqual({ code: '', message: '', codes: [] });
  });
});

describe('a conflict', () => {
  it.each([
    ['unique column', reply(409, refusal('nameAlreadyExists')), { stale: false, duplicate: true }],
    [
      'code within',
      reply(409, refusal('conflict', '', { code: 'nameAlreadyExists' })),
      { stale: false, duplicate: true },
    ],
    [
      'SharePoint text',
      reply(400, refusal('invalidRequest', 'x duplicate values were found in')),
      { stale: false, duplicate: true },
    ],
    [
      'SharePoint code',
      reply(500, refusal('-2130575169, Microsoft.SharePoint.SP')),
      { stale: false, duplicate: true },
    ],
    ['stale etag', reply(412, refusal('notAllowed')), { stale: true, duplicate: false }],
    ['race', reply(409, refusal('resourceModified')), { stale: true, duplicate: false }],
    ['save conflict', reply(409, refusal('-2130575305', 'Save Conflict')), { stale: true, duplicate: false }],
    ['success', reply(200, {}), { stale: false, duplicate: false }],
    ['gone', reply(404, refusal('itemNotFound')), { stale: false, duplicate: false }],
    ['other 400', reply(400, refusal('invalidRequest')), { stale: false, duplicate: false }],
  ])('%s', (_name, answer, { stale, duplicate }) => {
    expect(isStale(answer)).toBe(stale);
    expect(isDuplicate(answer)).toBe(duplicate);
  });
});
