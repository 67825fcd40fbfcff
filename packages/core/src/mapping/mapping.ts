/** What a mapping is, and how values go through it. The mappings themselves are data: see objects/. */
import type { Codec, Encoded, RowValue } from './codec.ts';

/** A SharePoint column, in the words of Graph's columnDefinition. */
export interface ColumnSpec {
  /** Internal name: fixed at creation, letters and digits only. */
  readonly name: string;
  readonly displayName: string;
  readonly facet: 'text' | 'number' | 'boolean' | 'dateTime';
  /** True for the identity column: indexed and unique. */
  readonly unique?: boolean;
}

/** Where the value of a derived field comes from. */
export type Derivation =
  /** The record's own id. */
  | { readonly from: 'recordId' }
  /** Other fields of the record, joined by blanks. */
  | { readonly from: 'fields'; readonly fields: readonly string[] }
  /** One part of a field whose value is a group. */
  | { readonly from: 'part'; readonly field: string; readonly index: number }
  /** The label of the record of that object to which the field `reference` refers. */
  | { readonly from: 'label'; readonly object: string; readonly reference: string };

export interface MappingField {
  readonly name: string;
  /** Columns of the Twenty row; the first list that the table has whole is bound. */
  readonly twenty: readonly (readonly string[])[];
  readonly columns: readonly ColumnSpec[];
  readonly codec: Codec;
  /** True for a group whose parts make sense one by one: the strategy fieldMerge may take one from each side. Money is none. */
  readonly hasParts?: true;
  /** Set for a field that only Twenty decides: an edit in SharePoint is put back. */
  readonly derived?: Derivation;
}

export interface ObjectMapping {
  readonly object: string;
  readonly fields: readonly MappingField[];
  /** Columns whose values, joined by blanks, name a record to people. */
  readonly label: readonly string[];
}

/** The name of the field that says whether a record exists on a side. */
export const ALIVE = 'alive';

/** The SharePoint column that holds the record id. */
export const IDENTITY_COLUMN = 'TwentyId';

/** A column that tells people when the sync last wrote; never compared. */
export const SYNCED_AT_COLUMN: ColumnSpec = {
  name: 'LastSyncedAt',
  displayName: 'Last synced',
  facet: 'dateTime',
};

/** All columns of a list with these fields, and the one that tells people of the last write. Two fields may share a column. */
export function listColumnsOf(fields: readonly MappingField[]): ColumnSpec[] {
  const columns = [...fields.flatMap((field) => field.columns), SYNCED_AT_COLUMN];
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

/** The Twenty columns a field is bound to in a table with these columns; null when it has none of them. */
export function boundColumns(
  field: MappingField,
  has: (column: string) => boolean,
): readonly string[] | null {
  return field.twenty.find((columns) => columns.every(has)) ?? null;
}

/** Canonical value of a field in a row; undefined when the table lacks it. */
export function fromRow(
  field: MappingField,
  row: Readonly<Record<string, RowValue>>,
): string | null | undefined {
  const columns = boundColumns(field, (column) => column in row);
  return columns === null ? undefined : field.codec.fromRow(columns.map((column) => row[column] ?? null));
}

/** Canonical value of a field in an item; a column that is not there is blank. */
export function fromItem(field: MappingField, item: Readonly<Record<string, unknown>>): string | null {
  return field.codec.fromItem(field.columns.map((column) => item[column.name] ?? null));
}

/** Column values that make an item hold a canonical value. */
export function toItem(field: MappingField, value: string | null): Named<unknown> {
  return named(
    field.columns.map((column) => column.name),
    field.codec.toItem(value),
  );
}

/** Column values that make a row hold a canonical value, in a table with these columns. */
export function toRow(
  field: MappingField,
  value: string | null,
  has: (column: string) => boolean,
): Named<RowValue> {
  const columns = boundColumns(field, has);
  if (columns === null)
    return {
      ok: false,
      code: 'no-such-field',
      reason: `Twenty has no field ${field.name} in this workspace`,
    };
  return named(columns, field.codec.toRow(value));
}

export type Named<V> =
  | { readonly ok: true; readonly values: Readonly<Record<string, V>> }
  | { readonly ok: false; readonly code: string; readonly reason: string };

function named<V>(columns: readonly string[], encoded: Encoded<V>): Named<V> {
  if (!encoded.ok) return encoded;
  return {
    ok: true,
    values: Object.fromEntries(columns.map((column, i) => [column, encoded.values[i] as V])),
  };
}
