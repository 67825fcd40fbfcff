import { company, HOSTILE, OLD, rowOf, WriterDatabase } from './testing/writer-database.ts';

let database: WriterDatabase;

beforeAll(async () => {
  database = await WriterDatabase.open();
});

afterAll(() => database.close());

describe('exact values', () => {
  it.each([
    ['annualRevenueAmountMicros', '9007199254740993000001', '9007199254740993000001'],
    ['annualRevenueAmountMicros', '9007199254740993.000001', '9007199254740993.000001'],
    ['employees', 12.5, 12.5],
    ['vip', true, true],
    ['founded', '1999-12-31', '1999-12-31'],
    ['regions', ['SOUTH', 'NORTH'], ['SOUTH', 'NORTH']],
    ['tags', ['a,b', 'say "hi"', '{x}'], ['a,b', 'say "hi"', '{x}']],
    [
      'domainNameSecondaryLinks',
      '[{"url":"https://a.example","label":"A"}]',
      '[{"url": "https://a.example", "label": "A"}]',
    ],
    ['accountOwnerId', null, null],
    [HOSTILE, 'it\'s \\ "fine"', 'it\'s \\ "fine"'],
  ])('%s: %j', async (column, value, expected) => {
    expect(await database.roundTrip(3, column, value)).toEqual(expected);
  });

  it('tells neighbours apart that a double cannot', async () => {
    await database.writer.write(company(3, { values: { annualRevenueAmountMicros: '9007199254740993' } }));
    const expected = { annualRevenueAmountMicros: '9007199254740992' };
    expect((await database.writer.write(company(3, { values: { name: 'x' }, expected }))).kind).toBe('moved');
  });

  it('holds for equal numbers and JSON written otherwise, and for options in another order', async () => {
    const values = {
      annualRevenueAmountMicros: '5.10',
      regions: ['EAST', 'NORTH'],
      domainNameSecondaryLinks: '[1, 2]',
    };
    await database.writer.write(company(3, { values }));
    const expected = {
      annualRevenueAmountMicros: '5.1',
      regions: ['NORTH', 'EAST'],
      domainNameSecondaryLinks: '[1,2]',
    };
    expect((await database.writer.write(company(3, { values: { name: 'x' }, expected }))).kind).toBe(
      'written',
    );
  });

  it.each([
    ['2026-01-02T03:04:05Z', 'written'],
    ['2026-01-02T03:04:05.123Z', 'written'],
    ['2026-01-02T03:04:05.123456Z', 'written'],
    ['2026-01-02T04:04:05.123456+01:00', 'written'],
    ['2026-01-02T03:04:05.123457Z', 'moved'],
    ['2026-01-02T03:04:05.124Z', 'moved'],
    ['2026-01-02T03:04:06Z', 'moved'],
    [null, 'moved'],
  ])('a time seen as %s: %s', async (seen, kind) => {
    await database.writer.write(company(3, { values: { deletedAt: '2026-01-02T03:04:05.123456Z' } }));
    const answer = await database.writer.write(
      company(3, { values: { name: 'x' }, expected: { deletedAt: seen } }),
    );
    expect(answer.kind).toBe(kind);
  });
});

describe('the empty text', () => {
  it('is NULL in 2.19', async () => {
    const answer = await database.writer.write(
      company(6, { values: { name: '', domainNamePrimaryLinkUrl: '' } }),
    );
    expect(rowOf(answer)).toMatchObject({ name: null, domainNamePrimaryLinkUrl: null });
    const expected = { name: '' };
    expect((await database.writer.write(company(6, { values: { name: 'Back' }, expected }))).kind).toBe(
      'written',
    );
  });

  it('stands for NULL where 1.5 refuses it', async () => {
    const answer = await database.writer.write(
      company(6, { values: { name: null, addressAddressCity: '' } }, OLD),
    );
    expect(rowOf(answer)).toMatchObject({ name: '', addressAddressCity: null });
    const expected = { name: null };
    expect((await database.writer.write(company(6, { values: { name: 'Back' }, expected }, OLD))).kind).toBe(
      'written',
    );
  });

  it('needs no updatedBy in 1.5', async () => {
    const answer = await database.writer.write(company(7, { values: { name: 'Plain' } }, OLD));
    expect(answer.kind).toBe('written');
    expect(rowOf(answer)).not.toHaveProperty('updatedByName');
  });
});
