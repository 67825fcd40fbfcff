import { columnsOfField } from '../field-columns.ts';
import { schemaOfWorkspaceId } from '@sync/core';
import type {
  SelectOption,
  TwentyColumn,
  TwentyField,
  TwentyObject,
  TwentyWorkspace,
} from './catalog-model.ts';
import type { RawCatalog, RawColumn, RawRow } from './raw-catalog.ts';

/** The owner of Twenty's own metadata in every installation (`belongsToTwentyStandardApp`). */
const STANDARD_APPLICATION = '20202020-64aa-4b6f-b003-9c74b97cee20';

type Tables = ReadonlyMap<string, ReadonlyMap<string, readonly TwentyColumn[]>>;

function text(row: RawRow, key: string): string {
  const value = row[key];
  return typeof value === 'string' ? value : '';
}

function textOrNull(row: RawRow, key: string): string | null {
  return text(row, key) || null;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(items, keyOf);
}

function tablesOf(columns: readonly RawColumn[]): Tables {
  const schemas = [...groupBy(columns, ({ schema }) => schema)];
  return new Map(
    schemas.map(([schema, own]) => {
      const tables = [...groupBy(own, ({ table }) => table)];
      return [schema, new Map(tables.map(([table, list]) => [table, list]))];
    }),
  );
}

/** `databaseSchema` is filled since 1.21, `core.dataSource` before that; the id gives it away in any case. */
function schemaOf(workspace: RawRow, dataSources: readonly RawRow[]): string {
  const own = text(workspace, 'databaseSchema');
  if (own) return own;
  const source = dataSources.find((row) => row['workspaceId'] === workspace['id'] && text(row, 'schema'));
  return source ? text(source, 'schema') : schemaOfWorkspaceId(text(workspace, 'id'));
}

function settingsOf(field: RawRow): RawRow {
  const settings = field['settings'];
  return typeof settings === 'object' && settings !== null ? (settings as RawRow) : {};
}

function optionsOf(field: RawRow): readonly SelectOption[] | null {
  const options = field['options'];
  if (!Array.isArray(options)) return null;
  return (options as RawRow[])
    .map((option, index) => ({
      value: text(option, 'value'),
      label: text(option, 'label') || text(option, 'value'),
      position: typeof option['position'] === 'number' ? option['position'] : index,
    }))
    .sort((one, other) => one.position - other.position);
}

/** Names and owners that the rows refer to by id. */
interface Lookup {
  readonly objectNames: ReadonlyMap<string, string>;
  readonly standardApplications: ReadonlySet<string>;
}

/** 1.5 has a flag; since 2.12 a row is custom when an application other than Twenty's own owns it. */
function isCustomField(row: RawRow, lookup: Lookup): boolean {
  const owner = text(row, 'applicationId');
  if (typeof row['isCustom'] === 'boolean') return row['isCustom'];
  return owner !== '' && !lookup.standardApplications.has(owner);
}

function fieldOf(row: RawRow, present: ReadonlySet<string>, lookup: Lookup): TwentyField {
  const shape = { name: text(row, 'name'), type: text(row, 'type') };
  const joinColumn = textOrNull(settingsOf(row), 'joinColumnName');
  const columns = columnsOfField({ ...shape, joinColumn }).map(({ column }) => column);
  return {
    ...shape,
    id: text(row, 'id'),
    label: text(row, 'label') || shape.name,
    active: row['isActive'] === true,
    custom: isCustomField(row, lookup),
    nullable: row['isNullable'] !== false,
    columns: columns.filter((column) => present.has(column)),
    options: optionsOf(row),
    relationTarget: lookup.objectNames.get(text(row, 'relationTargetObjectMetadataId')) ?? null,
  };
}

/** A custom object's table carries an underscore; `targetTableName` and `isCustom` cannot be relied on. */
function tableOf(nameSingular: string, tables: ReadonlyMap<string, unknown>): string | null {
  return [`_${nameSingular}`, nameSingular].find((name) => tables.has(name)) ?? null;
}

function objectOf(
  row: RawRow,
  fields: readonly RawRow[],
  tables: ReadonlyMap<string, readonly TwentyColumn[]>,
  lookup: Lookup,
): TwentyObject {
  const nameSingular = text(row, 'nameSingular');
  const table = tableOf(nameSingular, tables);
  const columns = tables.get(table ?? '') ?? [];
  const present = new Set(columns.map(({ name }) => name));
  const own = fields.map((field) => fieldOf(field, present, lookup));
  const labelId = textOrNull(row, 'labelIdentifierFieldMetadataId');
  return {
    id: text(row, 'id'),
    nameSingular,
    namePlural: text(row, 'namePlural'),
    labelPlural: text(row, 'labelPlural'),
    table,
    custom: table?.startsWith('_') ?? row['isCustom'] === true,
    active: row['isActive'] === true,
    system: row['isSystem'] === true,
    labelField: own.find(({ id }) => id === labelId)?.name ?? null,
    fields: own,
    columns,
  };
}

/** Understands what was read, for any generation of Twenty; pure. */
export function readCatalog(raw: RawCatalog): readonly TwentyWorkspace[] {
  const tables = tablesOf(raw.columns);
  const objects = groupBy(raw.objects, (row) => text(row, 'workspaceId'));
  const fields = groupBy(raw.fields, (row) => text(row, 'objectMetadataId'));
  const lookup = {
    objectNames: new Map(raw.objects.map((row) => [text(row, 'id'), text(row, 'nameSingular')])),
    standardApplications: new Set(
      raw.applications
        .filter((row) => row['universalIdentifier'] === STANDARD_APPLICATION)
        .map((row) => text(row, 'id')),
    ),
  };
  return raw.workspaces.map((row) => {
    const schema = schemaOf(row, raw.dataSources);
    const own = tables.get(schema) ?? new Map<string, readonly TwentyColumn[]>();
    return {
      id: text(row, 'id'),
      displayName: text(row, 'displayName'),
      schema,
      activationStatus: text(row, 'activationStatus'),
      metadataVersion: Number(row['metadataVersion'] ?? 0),
      deletedAt: textOrNull(row, 'deletedAt'),
      objects: (objects.get(text(row, 'id')) ?? []).map((object) =>
        objectOf(object, fields.get(text(object, 'id')) ?? [], own, lookup),
      ),
    };
  });
}
