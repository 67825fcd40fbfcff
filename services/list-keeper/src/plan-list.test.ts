import { listColumnsOf, mappingOf } from '@sync/core';
import type { ColumnSpec, ObjectMapping } from '@sync/core';
import { bind, missingColumns, wantedFields } from './plan-list.ts';
import type { ActualColumn } from './plan-list.ts';

function mapping(object: string): ObjectMapping {
  const found = mappingOf(object);
  if (found === undefined) throw new Error(`no mapping of ${object}`);
  return found;
}

const opportunity = mapping('opportunity');
const everyColumn = (): boolean => true;
const all = wantedFields(opportunity, everyColumn);

const fitting = ({ name, facet, unique }: ColumnSpec): ActualColumn => ({
  name,
  facet,
  wholeTime: true,
  readOnly: false,
  unique: unique === true,
});
const complete = listColumnsOf(all.fields).map(fitting);
const changed = (name: string, change: Partial<ActualColumn>): ActualColumn[] =>
  complete.map((column) => (column.name === name ? { ...column, ...change } : column));

describe('what Twenty has', () => {
  test('a field whose column the workspace lacks is skipped, with the way to get it', () => {
    const { fields, skipped } = wantedFields(opportunity, (column) => column !== 'probability');
    expect(fields.map(({ name }) => name)).not.toContain('probability');
    expect(skipped).toEqual([
      {
        field: 'probability',
        reason: 'the workspace has no column probability: add the field in Twenty to sync it',
      },
    ]);
  });

  test('a derived field goes with its columns', () => {
    const { fields } = wantedFields(opportunity, (column) => column !== 'companyId');
    const names = fields.map(({ name }) => name);
    expect(names).not.toContain('company');
    expect(names).not.toContain('companyName');
    expect(names).toContain('pointOfContactName');
  });

  test('one of two possible columns is enough', () => {
    const has = (column: string): boolean => !column.startsWith('annualRecurringRevenue');
    expect(wantedFields(mapping('company'), has).skipped).toEqual([]);
  });
});

describe('what the list lacks', () => {
  test('an empty list lacks all but Title, the identity first and LastSyncedAt last', () => {
    const title: ActualColumn = {
      name: 'Title',
      facet: 'text',
      wholeTime: true,
      readOnly: false,
      unique: false,
    };
    const names = missingColumns(all.fields, [title]).map(({ name }) => name);
    expect(names).toHaveLength(complete.length - 1);
    expect([names[0], names.at(-1)]).toEqual(['TwentyId', 'LastSyncedAt']);
  });

  test('a column that was deleted is put back', () => {
    const without = complete.filter(({ name }) => name !== 'Stage');
    expect(missingColumns(all.fields, without).map(({ name }) => name)).toEqual(['Stage']);
  });

  test('a complete list lacks nothing, whatever else it has', () => {
    expect(
      missingColumns(all.fields, [...complete, fitting({ name: 'Mine', displayName: '', facet: 'text' })]),
    ).toEqual([]);
  });
});

describe('what can be bound', () => {
  test('a complete list binds every field', () => {
    const fields = opportunity.fields.map(({ name }) => name);
    expect(bind(all, complete)).toEqual({ kind: 'bound', fields, skipped: [] });
  });

  test.each<[string, string, Partial<ActualColumn>, string]>([
    ['of another type', 'Stage', { facet: 'choice' }, 'the column Stage is of type choice, not text'],
    ['of an unknown type', 'Stage', { facet: null }, 'the column Stage is of type unknown, not text'],
    ['read-only', 'Stage', { readOnly: true }, 'the column Stage is read-only'],
  ])('a column that is %s costs its field and no other', (_what, name, change, reason) => {
    const binding = bind(all, changed(name, change));
    expect(binding).toMatchObject({ kind: 'bound', skipped: [{ field: 'stage' }] });
    expect(binding).toMatchObject({ skipped: [{ reason: expect.stringContaining(reason) as string }] });
    expect(binding).toMatchObject({ fields: expect.not.arrayContaining(['stage']) as string[] });
  });

  test('a date column without the time costs its field', () => {
    expect(bind(all, changed('CloseDate', { wholeTime: false }))).toMatchObject({
      skipped: [{ field: 'closeDate' }],
    });
  });

  test('one unfit column of several costs the whole field', () => {
    expect(bind(all, changed('AmountExact', { facet: 'number' }))).toMatchObject({
      skipped: [{ field: 'amount' }, { field: 'amountExact' }],
    });
  });

  test('a column that could not be created is told with the reason', () => {
    const without = complete.filter(({ name }) => name !== 'Stage');
    expect(bind(all, without, new Map([['Stage', 'Graph said no']]))).toMatchObject({
      skipped: [
        {
          field: 'stage',
          reason: 'the list has no column Stage, and it could not be created: Graph said no',
        },
      ],
    });
  });

  test('what Twenty lacks comes before what the list lacks', () => {
    const wanted = wantedFields(opportunity, (column) => column !== 'probability');
    const binding = bind(wanted, changed('Stage', { readOnly: true }));
    expect(binding).toMatchObject({ skipped: [{ field: 'probability' }, { field: 'stage' }] });
  });

  test.each<[string, Partial<ActualColumn>]>([
    ['TwentyId', { unique: false }],
    ['TwentyId', { facet: 'number' }],
    ['LastSyncedAt', { facet: 'text' }],
  ])('a list whose %s does not fit (%j) cannot be used', (name, change) => {
    expect(bind(all, changed(name, change))).toMatchObject({
      kind: 'unusable',
      reason: expect.stringContaining(name) as string,
    });
  });

  test('a table without ids cannot be used', () => {
    const wanted = wantedFields(opportunity, (column) => column !== 'id');
    expect(bind(wanted, complete)).toEqual({ kind: 'unusable', reason: 'the Twenty table has no column id' });
  });
});
