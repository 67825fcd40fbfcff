/** Compares the columns a list should have with those it has, and says which mapping fields can be synced there. */
import { IDENTITY_COLUMN, SYNCED_AT_COLUMN, boundColumns, listColumnsOf } from '@sync/core';
import type { ColumnSpec, MappingField, ObjectMapping, SkippedField } from '@sync/core';

/** A column as the list has it. */
export interface ActualColumn {
  readonly name: string;
  /** What kind of column it is; null for a kind we do not know. */
  readonly facet: string | null;
  /** False when a date column holds no time of day. */
  readonly wholeTime: boolean;
  readonly readOnly: boolean;
  /** Indexed, and no two items may have the same value. */
  readonly unique: boolean;
}

/** Mapping fields that Twenty has, and those it lacks. */
export interface WantedFields {
  readonly fields: readonly MappingField[];
  readonly skipped: readonly SkippedField[];
}

/** What can be synced with the list as it is; `unusable` says why nothing can. */
export type Binding =
  | { readonly kind: 'bound'; readonly fields: readonly string[]; readonly skipped: readonly SkippedField[] }
  | { readonly kind: 'unusable'; readonly reason: string };

/** The fields of a mapping whose columns a Twenty table has. */
export function wantedFields(mapping: ObjectMapping, has: (column: string) => boolean): WantedFields {
  const fields = mapping.fields.filter((field) => boundColumns(field, has) !== null);
  const lacking = mapping.fields.filter((field) => !fields.includes(field));
  return { fields, skipped: lacking.map(notInTwenty) };
}

/** The wanted columns that the list lacks, to be created one after another. */
export function missingColumns(
  fields: readonly MappingField[],
  actual: readonly ActualColumn[],
): readonly ColumnSpec[] {
  const present = new Set(actual.map(({ name }) => name));
  return listColumnsOf(fields).filter(({ name }) => !present.has(name));
}

/** Binds the fields whose columns are all there and fit; `refused` tells why a column could not be created. */
export function bind(
  wanted: WantedFields,
  actual: readonly ActualColumn[],
  refused: ReadonlyMap<string, string> = new Map(),
): Binding {
  const byName = new Map(actual.map((column) => [column.name, column]));
  const obstacleOf = (spec: ColumnSpec): string | null =>
    obstacle(spec, byName.get(spec.name), refused.get(spec.name));
  const needed = listColumnsOf(wanted.fields).filter(({ name }) => NEEDED.includes(name));
  if (needed.length < NEEDED.length) return { kind: 'unusable', reason: 'the Twenty table has no column id' };
  const reason = needed.map(obstacleOf).find((found) => found !== null);
  if (reason !== undefined) return { kind: 'unusable', reason };
  const skipped = wanted.fields.flatMap((field) => {
    const found = field.columns.map(obstacleOf).find((column) => column !== null);
    return found === undefined ? [] : [{ field: field.name, reason: found }];
  });
  const without = new Set(skipped.map(({ field }) => field));
  const fields = wanted.fields.map(({ name }) => name).filter((name) => !without.has(name));
  return { kind: 'bound', fields, skipped: [...wanted.skipped, ...skipped] };
}

/** Every write sets these; a list in which they do not fit cannot be written. */
const NEEDED: readonly (string | undefined)[] = [IDENTITY_COLUMN, SYNCED_AT_COLUMN.name];

function notInTwenty(field: MappingField): SkippedField {
  const choices = field.twenty.map((columns) => columns.join(' and ')).join(', or ');
  return {
    field: field.name,
    reason: `the workspace has no column ${choices}: add the field in Twenty to sync it`,
  };
}

function obstacle(
  spec: ColumnSpec,
  column: ActualColumn | undefined,
  refused: string | undefined,
): string | null {
  const { name } = spec;
  if (column === undefined) {
    return `the list has no column ${name}${refused === undefined ? '' : `, and it could not be created: ${refused}`}`;
  }
  if (column.facet !== spec.facet) {
    return `the column ${name} is of type ${column.facet ?? 'unknown'}, not ${spec.facet}: rename or delete it in SharePoint`;
  }
  if (column.readOnly) return `the column ${name} is read-only: delete it in SharePoint`;
  if (spec.facet === 'dateTime' && !column.wholeTime) {
    return `the column ${name} holds dates without a time: let it include the time in SharePoint`;
  }
  if (spec.unique && !column.unique) {
    return `the column ${name} is not indexed and unique: switch both on in SharePoint, or delete the column`;
  }
  return null;
}
