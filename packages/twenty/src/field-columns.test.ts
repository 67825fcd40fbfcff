import { columnsOfField } from './field-columns.ts';

const names = (name: string, type: string, joinColumn?: string) =>
  columnsOfField({ name, type, joinColumn: joinColumn ?? null }).map(({ column }) => column);

describe('the columns of a field', () => {
  it.each([
    ['name', 'TEXT', ['name']],
    ['name', 'FULL_NAME', ['nameFirstName', 'nameLastName']],
    ['amount', 'CURRENCY', ['amountAmountMicros', 'amountCurrencyCode']],
    ['bodyV2', 'RICH_TEXT_V2', ['bodyV2Blocknote', 'bodyV2Markdown']],
    ['bodyV2', 'RICH_TEXT', ['bodyV2Blocknote', 'bodyV2Markdown']],
    ['x', 'A_TYPE_OF_TOMORROW', []],
  ])('%s %s', (name, type, columns) => expect(names(name, type)).toEqual(columns));

  it('doubles the word address, as Twenty does', () => {
    expect(names('address', 'ADDRESS')).toContain('addressAddressStreet1');
  });

  it('is the join column of a relation, and nothing on the many side', () => {
    expect(names('company', 'RELATION', 'companyId')).toEqual(['companyId']);
    expect(names('people', 'RELATION')).toEqual([]);
  });
});
