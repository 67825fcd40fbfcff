import { baseFields } from './base-fields.ts';
import { fieldId, insertField, insertFields, optionOf } from './field-metadata.ts';
import { field, relation, tableOf } from './model.ts';
import type { FieldSpec, ObjectSpec } from './model.ts';
import { insertObject, setLabelField } from './object-metadata.ts';
import { cellText, ident, inTransaction, literal } from './sql.ts';
import type { SqlClient } from './sql.ts';
import { columnDefinitions, enumName, enumTypes, relationStatements, tableStatements } from './table-ddl.ts';
import { findWorkspace } from './workspace-place.ts';
import type { WorkspacePlace } from './workspace-place.ts';

/** The tables that get a link to every custom object (`attachment`, `noteTarget`, ...). */
const LINKING = ['attachment', 'noteTarget', 'taskTarget', 'timelineActivity'] as const;

async function bumpVersion(client: SqlClient, place: WorkspacePlace): Promise<void> {
  await client.query(
    'UPDATE core.workspace SET "metadataVersion" = "metadataVersion" + 1, "updatedAt" = now() WHERE id = $1',
    [place.workspaceId],
  );
}

async function isCustomObject(
  client: SqlClient,
  place: WorkspacePlace,
  nameSingular: string,
): Promise<boolean> {
  const name = `${ident(place.schema)}.${ident(`_${nameSingular}`)}`;
  const found = await client.query('SELECT to_regclass($1) IS NOT NULL AS present', [name]);
  return found.rows[0]?.['present'] === true;
}

async function addColumns(
  client: SqlClient,
  place: WorkspacePlace,
  object: ObjectSpec,
  spec: FieldSpec,
  targetTable: string,
): Promise<void> {
  const table = `${ident(place.schema)}.${ident(tableOf(object))}`;
  for (const statement of enumTypes(place, object, spec)) await client.query(statement);
  for (const definition of columnDefinitions(place, object, spec)) {
    await client.query(`ALTER TABLE ${table} ADD COLUMN ${definition}`);
  }
  for (const statement of relationStatements(place, tableOf(object), spec, targetTable)) {
    await client.query(statement);
  }
  await insertField(client, place, object.nameSingular, spec);
}

function linkTo(place: WorkspacePlace, nameSingular: string, inverse: string): FieldSpec {
  const capital = nameSingular.charAt(0).toUpperCase() + nameSingular.slice(1);
  const spec =
    place.generation === '1.5'
      ? relation(nameSingular, nameSingular, 'CASCADE', inverse)
      : relation(`target${capital}`, nameSingular, 'SET NULL', inverse);
  return { ...spec, type: place.generation === '1.5' ? 'RELATION' : 'MORPH_RELATION', custom: true };
}

function customObject(place: WorkspacePlace, nameSingular: string, namePlural: string): ObjectSpec {
  const nameRule = place.generation === '1.5' ? { defaultSql: "'Untitled'" } : {};
  return {
    nameSingular,
    namePlural,
    custom: true,
    search: ['name'],
    fields: [field('name', 'TEXT', nameRule), ...baseFields(place.generation, 'custom')].map((spec) => ({
      ...spec,
      custom: true,
    })),
  };
}

/** Adds a custom object with its table and its links, as Twenty does; answers the name of the table. */
export async function addCustomObject(
  client: SqlClient,
  wanted: { readonly workspaceId: string; readonly nameSingular: string; readonly namePlural?: string },
): Promise<string> {
  const { workspaceId, nameSingular } = wanted;
  const place = await findWorkspace(client, workspaceId);
  const object = customObject(place, nameSingular, wanted.namePlural ?? `${nameSingular}s`);
  await inTransaction(client, async () => {
    for (const statement of tableStatements(place, object)) await client.query(statement);
    await insertObject(client, place, object);
    await insertFields(client, place, object);
    await setLabelField(client, place, nameSingular, fieldId(workspaceId, nameSingular, 'name'));
    for (const owner of LINKING) {
      const plural = owner === 'timelineActivity' ? 'timelineActivities' : `${owner}s`;
      const linking: ObjectSpec = { nameSingular: owner, namePlural: plural, fields: [] };
      await addColumns(client, place, linking, linkTo(place, nameSingular, plural), tableOf(object));
    }
    await bumpVersion(client, place);
  });
  return tableOf(object);
}

/** Adds a custom field with its columns to any object. */
export async function addCustomField(
  client: SqlClient,
  wanted: { readonly workspaceId: string; readonly object: string; readonly field: FieldSpec },
): Promise<void> {
  const place = await findWorkspace(client, wanted.workspaceId);
  const custom = await isCustomObject(client, place, wanted.object);
  const object: ObjectSpec = { nameSingular: wanted.object, namePlural: '', custom, fields: [] };
  await inTransaction(client, async () => {
    await addColumns(
      client,
      place,
      object,
      { ...wanted.field, custom: true },
      wanted.field.relation?.to ?? '',
    );
    await bumpVersion(client, place);
  });
}

/**
 * Adds an option to a SELECT field the way Twenty does: a new enum type, a new column filled from the old one
 * (an UPDATE of every row that leaves `updatedAt` alone), and the column moves to the end of the table.
 */
export async function addSelectOption(
  client: SqlClient,
  wanted: {
    readonly workspaceId: string;
    readonly object: string;
    readonly field: string;
    readonly value: string;
  },
): Promise<void> {
  const place = await findWorkspace(client, wanted.workspaceId);
  const custom = await isCustomObject(client, place, wanted.object);
  const table = custom ? `_${wanted.object}` : wanted.object;
  const id = fieldId(wanted.workspaceId, wanted.object, wanted.field);
  const found = await client.query('SELECT type, options FROM core."fieldMetadata" WHERE id = $1', [id]);
  const before = found.rows[0]?.['options'];
  if (!Array.isArray(before)) throw new Error(`${wanted.object}.${wanted.field} is not a field with options`);
  const options: unknown[] = [...(before as unknown[]), optionOf(wanted.value, before.length)];
  const array = found.rows[0]?.['type'] === 'MULTI_SELECT' ? '[]' : '';
  await inTransaction(client, async () => {
    await rebuildEnum(client, place, { table, column: wanted.field, array, options });
    await client.query('UPDATE core."fieldMetadata" SET options = $2, "updatedAt" = now() WHERE id = $1', [
      id,
      JSON.stringify(options),
    ]);
    await bumpVersion(client, place);
  });
}

interface EnumColumn {
  readonly table: string;
  readonly column: string;
  readonly array: string;
  readonly options: readonly unknown[];
}

async function rebuildEnum(
  client: SqlClient,
  place: WorkspacePlace,
  { table, column, array, options }: EnumColumn,
) {
  const name = enumName(table, column);
  const schema = ident(place.schema);
  const on = `${schema}.${ident(table)}`;
  const values = options.map((option) => literal(String((option as { value: unknown }).value))).join(', ');
  const rule = await client.query(
    `SELECT attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS default
       FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = $1::regclass AND a.attname = $2`,
    [on, column],
  );
  const oldDefault = /^'[^']*'/.exec(cellText(rule.rows[0], 'default'))?.[0];
  const type = `${schema}.${ident(name)}${array}`;
  const steps = [
    `ALTER TYPE ${schema}.${ident(name)} RENAME TO ${ident(`${name}_old`)}`,
    `CREATE TYPE ${schema}.${ident(name)} AS ENUM (${values})`,
    `ALTER TABLE ${on} RENAME COLUMN ${ident(column)} TO ${ident(`${column}_old`)}`,
    `ALTER TABLE ${on} ADD COLUMN ${ident(column)} ${type}${oldDefault ? ` DEFAULT ${oldDefault}::${type}` : ''}`,
    `UPDATE ${on} SET ${ident(column)} = ${ident(`${column}_old`)}::text${array}::${type}`,
    ...(rule.rows[0]?.['required'] === true
      ? [`ALTER TABLE ${on} ALTER COLUMN ${ident(column)} SET NOT NULL`]
      : []),
    `ALTER TABLE ${on} DROP COLUMN ${ident(`${column}_old`)}`,
    `DROP TYPE ${schema}.${ident(`${name}_old`)}`,
  ];
  for (const statement of steps) await client.query(statement);
}
