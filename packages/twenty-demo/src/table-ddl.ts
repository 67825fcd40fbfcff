import { columnsOfField } from '@sync/twenty';
import type { FieldColumn } from '@sync/twenty';
import type { Generation } from './generation.ts';
import { joinColumnOf, tableOf } from './model.ts';
import type { FieldSpec, ObjectSpec } from './model.ts';
import { ident, literal } from './sql.ts';
import { stableHash } from './stable-id.ts';

/** Where a table lives and by which rules it is made. */
export interface Place {
  readonly schema: string;
  readonly generation: Generation;
}

const RELATIONS = new Set(['RELATION', 'MORPH_RELATION']);
const ACTOR_OWN_DEFAULTS: Readonly<Record<string, { null: boolean; sql?: string }>> = {
  Source: { null: false, sql: "'MANUAL'" },
  WorkspaceMemberId: { null: true },
  Context: { null: true },
};

function qualified(place: Place, name: string): string {
  return `${ident(place.schema)}.${ident(name)}`;
}

/** The name of the enum type of a column: one per table and field. */
export function enumName(table: string, column: string): string {
  return `${table}_${column}_enum`;
}

function columnType(place: Place, object: ObjectSpec, column: FieldColumn): string {
  const enumType = qualified(place, enumName(tableOf(object), column.column));
  if (column.kind === 'enum') return enumType;
  if (column.kind === 'enum[]') return `${enumType}[]`;
  if (column.kind === 'float8') return 'double precision';
  if (column.kind !== 'timestamptz') return column.kind;
  // Seen in 1.5: objects made at run time keep milliseconds only.
  return object.custom && place.generation === '1.5'
    ? 'timestamp(3) with time zone'
    : 'timestamp with time zone';
}

function emptyDefault(place: Place, spec: FieldSpec, column: FieldColumn): { null: boolean; sql?: string } {
  const old = place.generation === '1.5' && column.kind === 'text' && !spec.type.startsWith('RICH_TEXT');
  // Seen in 1.5: plain text is NOT NULL, the parts of a composite are nullable, all with '' as default.
  return old ? { null: spec.type !== 'TEXT', sql: "''" } : { null: true };
}

function columnRule(place: Place, spec: FieldSpec, column: FieldColumn): { null: boolean; sql?: string } {
  const actorRule =
    spec.type === 'ACTOR' ? ACTOR_OWN_DEFAULTS[column.column.slice(spec.name.length)] : undefined;
  if (actorRule) return actorRule;
  const inherited = emptyDefault(place, spec, column);
  const sql = spec.defaultSql ?? (spec.type === 'ACTOR' ? undefined : inherited.sql);
  const nullable = spec.nullable ?? inherited.null;
  return sql === undefined ? { null: nullable } : { null: nullable, sql };
}

/** The definition of every column of a field, as it stands in CREATE TABLE or ADD COLUMN. */
export function columnDefinitions(place: Place, object: ObjectSpec, spec: FieldSpec): readonly string[] {
  const shape = { name: spec.name, type: spec.type, joinColumn: joinColumnOf(spec) };
  return columnsOfField(shape).map((column) => {
    const type = columnType(place, object, column);
    const rule = columnRule(place, spec, column);
    const cast = column.kind === 'enum' || column.kind === 'enum[]' ? `::${type}` : '';
    const defaultSql = rule.sql === undefined ? '' : ` DEFAULT ${rule.sql}${cast}`;
    return `${ident(column.column)} ${type}${defaultSql}${rule.null ? '' : ' NOT NULL'}`;
  });
}

/** The enum types a field needs. */
export function enumTypes(place: Place, object: ObjectSpec, spec: FieldSpec): readonly string[] {
  const values = (spec.options ?? []).map(literal).join(', ');
  return columnsOfField({ name: spec.name, type: spec.type })
    .filter(({ kind }) => kind === 'enum' || kind === 'enum[]')
    .map(({ column }) => qualified(place, enumName(tableOf(object), column)))
    .map((name) => `CREATE TYPE ${name} AS ENUM (${values})`);
}

function searchVector(generation: Generation, columns: readonly string[]): string {
  const text = (column: string) => (column === 'id' ? '("id")::text' : ident(column));
  const part = (column: string) =>
    generation === '1.5' ? text(column) : `public.unaccent_immutable(${text(column)})`;
  const words = columns.map((column) => `COALESCE(${part(column)}, ''::text)`).join(` || ' '::text || `);
  return `"searchVector" tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ${words})) STORED`;
}

/** The unique index of a field: 1.5 leaves out empty and soft-deleted rows, 2.19 does not. */
function uniqueIndex(place: Place, object: ObjectSpec, spec: FieldSpec): readonly string[] {
  if (spec.unique === undefined) return [];
  const column = ident(spec.name + spec.unique);
  const name = `IDX_UNIQUE_${stableHash(tableOf(object), spec.name)}`;
  const where = place.generation === '1.5' ? ` WHERE ${column} <> ''::text AND "deletedAt" IS NULL` : '';
  return [`CREATE UNIQUE INDEX ${ident(name)} ON ${qualified(place, tableOf(object))} (${column})${where}`];
}

/** Foreign key and index of a relation. */
export function relationStatements(
  place: Place,
  table: string,
  spec: FieldSpec,
  targetTable: string,
): readonly string[] {
  const column = joinColumnOf(spec);
  if (!column || !spec.relation || !RELATIONS.has(spec.type)) return [];
  const hash = stableHash(table, column);
  const on = `ON ${qualified(place, table)}`;
  const indexed = place.generation === '1.5' ? `${ident(column)}, "deletedAt"` : ident(column);
  return [
    `ALTER TABLE ${qualified(place, table)} ADD CONSTRAINT ${ident(`FK_${hash}`)} FOREIGN KEY (${ident(column)}) REFERENCES ${qualified(place, targetTable)}(id) ON DELETE ${spec.relation.onDelete}`,
    `CREATE INDEX ${ident(`IDX_${hash}`)} ${on} (${indexed})`,
  ];
}

/** Everything that makes the table of an object, without the relations to other tables. */
export function tableStatements(place: Place, object: ObjectSpec): readonly string[] {
  const table = tableOf(object);
  const search = object.search ? [searchVector(place.generation, object.search)] : [];
  const columns = object.fields.flatMap((spec) => columnDefinitions(place, object, spec));
  const body = [...columns, ...search, 'PRIMARY KEY (id)'].join(',\n  ');
  const gin = `CREATE INDEX ${ident(`IDX_${stableHash(table, 'searchVector')}`)} ON ${qualified(place, table)} USING gin ("searchVector")`;
  return [
    ...object.fields.flatMap((spec) => enumTypes(place, object, spec)),
    `CREATE TABLE ${qualified(place, table)} (\n  ${body}\n)`,
    ...object.fields.flatMap((spec) => uniqueIndex(place, object, spec)),
    ...(object.search ? [gin] : []),
  ];
}
