/** Short forms for the mapping tables. */
import { dateTime, flag, money, number, reference, text, textGroup } from './codec.ts';
import type { Codec } from './codec.ts';
import { IDENTITY_COLUMN } from './mapping.ts';
import type { ColumnSpec, MappingField } from './mapping.ts';

export function textColumn(name: string, displayName: string): ColumnSpec {
  return { name, displayName, facet: 'text' };
}

/** One Twenty column as one text column. */
export function textField(name: string, column: string, spec: ColumnSpec, codec: Codec = text): MappingField {
  return { name, twenty: [[column]], columns: [spec], codec };
}

/** One Twenty column as one number column. */
export function numberField(name: string, column: string, displayName: string): MappingField {
  return {
    name,
    twenty: [[column]],
    columns: [{ name: pascal(name), displayName, facet: 'number' }],
    codec: number,
  };
}

/** One Twenty column as yes or no. */
export function flagField(
  name: string,
  column: string,
  spec: { column: string; displayName: string },
): MappingField {
  return {
    name,
    twenty: [[column]],
    columns: [{ name: spec.column, displayName: spec.displayName, facet: 'boolean' }],
    codec: flag,
  };
}

/** A point in time. */
export function dateTimeField(name: string, displayName: string): MappingField {
  return {
    name,
    twenty: [[name]],
    columns: [{ name: pascal(name), displayName, facet: 'dateTime' }],
    codec: dateTime,
  };
}

/**
 * Money: `fields` are Twenty currency fields, the first that exists is bound. The exact text beside the number is a field of its
 * own that only Twenty decides, so that it follows when somebody types another number.
 */
export function moneyFields(
  name: string,
  fields: readonly string[],
  columns: { amount: string; exact: string; currency: string },
  displayName: string,
): MappingField[] {
  const twenty = fields.map((field) => [`${field}AmountMicros`, `${field}CurrencyCode`]);
  const exact = textColumn(columns.exact, `${displayName} (exact)`);
  const shown: ColumnSpec = { name: columns.amount, displayName, facet: 'number' };
  const currency = textColumn(columns.currency, `${displayName} currency`);
  return [
    { name, twenty, columns: [shown, exact, currency], codec: money },
    {
      name: `${name}Exact`,
      twenty,
      columns: [exact],
      codec: text,
      derived: { from: 'part', field: name, index: 0 },
    },
  ];
}

/** Several text columns that change together. */
export function groupField(
  name: string,
  parts: readonly (readonly [column: string, spec: ColumnSpec])[],
): MappingField {
  return {
    name,
    twenty: [parts.map(([column]) => column)],
    columns: parts.map(([, spec]) => spec),
    codec: textGroup(parts.length),
    hasParts: true,
  };
}

/** The id of a related record, editable, and its name, which only Twenty decides. */
export function relationFields(
  name: string,
  column: string,
  target: { object: string; idColumn: string; nameColumn: string; displayName: string },
): MappingField[] {
  return [
    {
      name,
      twenty: [[column]],
      columns: [textColumn(target.idColumn, `${target.displayName} TwentyId`)],
      codec: reference,
    },
    {
      name: `${name}Name`,
      twenty: [[column]],
      columns: [textColumn(target.nameColumn, target.displayName)],
      codec: text,
      derived: { from: 'label', object: target.object, reference: name },
    },
  ];
}

/** The record id in its own unique column. */
export const identityField: MappingField = {
  name: 'identity',
  twenty: [['id']],
  columns: [{ ...textColumn(IDENTITY_COLUMN, 'Twenty id'), unique: true }],
  codec: text,
  derived: { from: 'recordId' },
};

function pascal(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
