import { itemValues } from './item-values.ts';

test.each([
  ['text', 'Acme', 'Acme'],
  ['number', 12.5, 12.5],
  ['yes or no', false, false],
  ['null', null, null],
  ['several choices', ['A', 'B'], ['A', 'B']],
  [
    'a hyperlink',
    { Url: 'https://acme.example', Description: 'Acme' },
    '{"Url":"https://acme.example","Description":"Acme"}',
  ],
  ['several lookups', [{ LookupId: 4 }], '[{"LookupId":4}]'],
  ['an array of numbers', [1, 2], '[1,2]'],
])('%s', (_what, given, expected) => {
  expect(itemValues({ Column: given })).toEqual({ Column: expected });
});

test('annotations are no columns', () => {
  const given = { '@odata.etag': '"x,1"', 'Tags@odata.type': 'Collection(Edm.String)', Tags: ['A'] };
  expect(itemValues(given)).toEqual({ Tags: ['A'] });
});
