import { ITEM_NAMESPACE, isUuid, uuid5 } from './uuid5.ts';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('uuid5', () => {
  test.each([
    ['RFC 9562, appendix A.4', DNS, 'www.example.com', '2ed6657d-e927-568b-95e1-2665a8aea6a2'],
    ['RFC 4122, erratum 1352', DNS, 'www.widgets.com', '21f7f8de-8051-5b89-8680-0195ef798b6a'],
    ['python.org, in upper case', DNS.toUpperCase(), 'python.org', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
  ])('%s', (_source, namespace, name, expected) => {
    expect(uuid5(namespace, name)).toBe(expected);
  });

  test('our namespace never changes', () => {
    expect(uuid5(ITEM_NAMESPACE, 'site|list|1')).toBe('4befaf1b-312e-5212-93ae-dc01c00e71f6');
  });

  test('a namespace that is no UUID is refused', () => {
    expect(() => uuid5('crm', 'x')).toThrow('the namespace is no UUID: crm');
  });
});

test.each([
  ['2ed6657d-e927-568b-95e1-2665a8aea6a2', true],
  ['2ED6657D-E927-568B-95E1-2665A8AEA6A2', true],
  ['2ed6657de927568b95e12665a8aea6a2', false],
  [' 2ed6657d-e927-568b-95e1-2665a8aea6a2', false],
  ['', false],
])('isUuid(%j) is %s', (text, expected) => {
  expect(isUuid(text)).toBe(expected);
});
