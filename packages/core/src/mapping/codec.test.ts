/** The laws every mapping field obeys, whatever the values. */
import fc from 'fast-check';
import { MAPPED_OBJECTS, fromItem, fromRow, mappingOf, partsOf, toItem, toRow } from './catalogue.ts';
import type { MappingField, RowValue } from './catalogue.ts';
import { canonicalDecimal, roundDecimal, shiftDecimal } from './decimal.ts';

const FIELDS: [string, MappingField][] = MAPPED_OBJECTS.flatMap((object) =>
  (mappingOf(object)?.fields ?? []).map((field): [string, MappingField] => [
    `${object}.${field.name}`,
    field,
  ]),
);

const micros = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String);
/** Texts of what codecs look at: ends that are cut off, origins, case, signs, digits. */
const delicate = fc.string({ unit: fc.constantFrom(...Array.from(' \n/:.?#@-+eAİß09')), maxLength: 12 });
const cell: fc.Arbitrary<RowValue> = fc.oneof(
  fc.constant(null),
  fc.constant(''),
  fc.string({ maxLength: 40 }),
  delicate,
  delicate.map((text) => `A://${text}`),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  micros,
  fc.constantFrom(
    'EUR',
    'USD',
    'https://Example.COM/Path/',
    '2026-03-01T10:20:30.123456Z',
    'Ada@Example.Example',
  ),
);

function rowOf(field: MappingField, cells: readonly RowValue[]): Record<string, RowValue> {
  const columns = field.twenty[0] ?? [];
  return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? null]));
}

const cells = fc.array(cell, { minLength: 6, maxLength: 6 });

describe.each(FIELDS)('%s', (_, field) => {
  test('what is written to an item reads back as the same value', () => {
    fc.assert(
      fc.property(cells, (values) => {
        const value = fromRow(field, rowOf(field, values)) ?? null;
        const written = toItem(field, value);
        return !written.ok || fromItem(field, written.values) === value;
      }),
    );
  });

  test('what is written to a row reads back as the same value', () => {
    fc.assert(
      fc.property(cells, (values) => {
        const item = Object.fromEntries(field.columns.map((column, i) => [column.name, values[i]]));
        const value = fromItem(field, item);
        const columns = field.twenty[0] ?? [];
        const written = toRow(field, value, (column) => columns.includes(column));
        return !written.ok || fromRow(field, written.values) === value;
      }),
    );
  });

  test('a blank item is NULL, and NULL is written as blanks', () => {
    expect(fromItem(field, {})).toBeNull();
    const written = toItem(field, null);
    expect(written.ok && Object.values(written.values).every((value) => value === null)).toBe(true);
  });
});

describe('money', () => {
  const amount = mappingOf('opportunity')?.fields.find((field) => field.name === 'amount');
  if (amount === undefined) throw new Error('opportunity.amount has no mapping');

  test('beyond 2^53 micros is exact in both directions', () => {
    const row = { amountAmountMicros: '9007199254740993000001', amountCurrencyCode: 'EUR' };
    const value = fromRow(amount, row) ?? null;
    expect(value).toBe('["9007199254740993.000001","EUR"]');
    const item = toItem(amount, value);
    expect(item).toEqual({
      ok: true,
      values: {
        Amount: Number('9007199254740993.000001'),
        AmountExact: '9007199254740993.000001',
        Currency: 'EUR',
      },
    });
    expect(toRow(amount, value, () => true)).toEqual({ ok: true, values: row });
  });

  test('a number that a person edited wins over the exact text beside it', () => {
    expect(fromItem(amount, { Amount: 12.5, AmountExact: '10', Currency: 'EUR' })).toBe('["12.5","EUR"]');
  });

  test('a currency that is none is refused by name', () => {
    expect(toRow(amount, '["1","euro"]', () => true)).toMatchObject({ ok: false, code: 'not-a-currency' });
  });
});

describe('text', () => {
  const name = mappingOf('company')?.fields.find((field) => field.name === 'name');
  if (name === undefined) throw new Error('company.name has no mapping');

  test.each([
    ['too-long', 'x'.repeat(256)],
    ['line-break', 'two\nlines'],
  ])('%s is refused, not cut', (code, value) => {
    expect(toItem(name, value)).toMatchObject({ ok: false, code });
  });

  test('a field that the table lacks is undefined, not NULL', () => {
    expect(fromRow(name, {})).toBeUndefined();
  });
});

describe('links', () => {
  const link = mappingOf('company')?.fields.find((field) => field.name === 'domainName');
  if (link === undefined) throw new Error('company.domainName has no mapping');

  test.each([
    ['HTTPS://Example.Example/Path/', 'https://example.example/Path'],
    ['https://example.example / /', 'https://example.example'],
    ['Example.Example/', 'Example.Example'],
    ['  ', null],
    ['/', null],
  ])('%j is %j', (given, canonical) => {
    expect(fromRow(link, { domainNamePrimaryLinkUrl: given })).toBe(canonical);
  });

  test('a million blanks inside cost no more than reading them', () => {
    const given = `a${' '.repeat(1_000_000)}b`;
    expect(fromRow(link, { domainNamePrimaryLinkUrl: given })).toBe(given);
  });
});

describe('decimals', () => {
  test.each([
    ['007.50', '7.5'],
    ['-0.0', '0'],
    ['1e21', '1000000000000000000000'],
    ['1.5e-3', '0.0015'],
    ['.5', '0.5'],
    ['abc', null],
  ])('%s is %s', (given, canonical) => {
    expect(canonicalDecimal(given)).toBe(canonical);
  });

  test('shifting there and back changes nothing', () => {
    fc.assert(
      fc.property(
        micros,
        fc.integer({ min: 0, max: 9 }),
        (text, power) => shiftDecimal(shiftDecimal(text, -power), power) === canonicalDecimal(text),
      ),
    );
  });

  test.each([
    ['1.0000005', '1.000001'],
    ['-1.0000005', '-1.000001'],
    ['0.9999999', '1'],
  ])('%s rounds to %s', (given, rounded) => {
    expect(roundDecimal(given, 6)).toBe(rounded);
  });
});

test.each(['text', '"text"', '{}', '[1]'])(
  '%s is no group of texts, and makes its record unreadable',
  (value) => {
    expect(() => partsOf(value)).toThrow(expect.objectContaining({ code: 'RECORD_UNREADABLE' }));
  },
);
