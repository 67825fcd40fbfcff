import type { TwentyColumn } from '../discovery/catalog-model.ts';
import { decodeRow, decodeValue, isoTime, storedValue } from './column-value.ts';

function column(baseType: string, rest: Partial<TwentyColumn> = {}): TwentyColumn {
  const flags = { nullable: true, generated: false, hasDefault: false, isArray: false, enumValues: null };
  return { name: 'x', type: baseType, baseType, ...flags, ...rest };
}

describe('a value from the server', () => {
  it.each([
    ['2026-01-02 03:04:05+00', '2026-01-02T03:04:05.000000Z'],
    ['2026-01-02 03:04:05.12+00', '2026-01-02T03:04:05.120000Z'],
    ['infinity', 'infinity'],
  ])('time %s', (text, iso) => expect(isoTime(text)).toBe(iso));

  it.each([
    [column('numeric'), '9007199254740993.000001', '9007199254740993.000001'],
    [column('int8'), '9007199254740993', '9007199254740993'],
    [column('float8'), '1.5', 1.5],
    [column('bool'), 'f', false],
    [column('company_regions_enum', { isArray: true }), '{A,B}', ['A', 'B']],
    [column('text', { isArray: true }), '{"a,b","\\"q\\""}', ['a,b', '"q"']],
    [column('text'), null, null],
    [undefined, 'as it came', 'as it came'],
  ])('%j %s', (type, text, value) => expect(decodeValue(type, text)).toEqual(value));

  it('keeps names as they are and leaves out what is generated', () => {
    const columns = new Map([
      ['__proto__', column('text')],
      ['searchVector', column('tsvector', { generated: true })],
    ]);
    const row = decodeRow(columns, ['__proto__', 'searchVector'], ['a', 'b']);
    expect(Object.entries(row)).toEqual([['__proto__', 'a']]);
  });
});

describe('a value to the server', () => {
  const required = { nullable: false };

  it.each([
    [column('text'), '', null],
    [column('text', required), '', ''],
    [column('text', required), null, ''],
    [column('numeric'), '', null],
    [column('opportunity_stage_enum', required), null, null],
    [column('text'), 'kept', 'kept'],
  ])('%j %j', (type, value, stored) => expect(storedValue(type, value)).toBe(stored));
});
