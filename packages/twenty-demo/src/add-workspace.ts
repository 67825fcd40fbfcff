import { fieldId, insertFields, labelField } from './field-metadata.ts';
import type { Generation } from './generation.ts';
import { inventedRows } from './invented-rows.ts';
import { tableOf } from './model.ts';
import type { ObjectSpec } from './model.ts';
import { insertObject, setLabelField } from './object-metadata.ts';
import { OBJECTS_CURRENT } from './objects-current.ts';
import { OBJECTS_OLD } from './objects-old.ts';
import { ident, inTransaction, insertRow } from './sql.ts';
import type { SqlClient } from './sql.ts';
import { stableId } from './stable-id.ts';
import { relationStatements, tableStatements } from './table-ddl.ts';
import { workspacePlace } from './workspace-place.ts';
import type { WorkspacePlace } from './workspace-place.ts';

/** A workspace to make. */
export interface NewWorkspace {
  readonly id: string;
  readonly generation: Generation;
  readonly displayName: string;
  /** Whether to invent companies, people and opportunities; true unless said otherwise. */
  readonly rows?: boolean;
}

/** The owner of standard metadata, the same in every installation (`belongsToTwentyStandardApp`). */
const STANDARD_APPLICATION = '20202020-64aa-4b6f-b003-9c74b97cee20';

/** The standard objects of a generation. */
export function objectsOf(generation: Generation): readonly ObjectSpec[] {
  return generation === '1.5' ? OBJECTS_OLD : OBJECTS_CURRENT;
}

async function insertApplications(client: SqlClient, place: WorkspacePlace): Promise<void> {
  if (!place.applications) return;
  const { workspaceId } = place;
  const common = { workspaceId, sourcePath: 'demo' };
  const { standard, custom } = place.applications;
  await insertRow(client, 'core.application', {
    id: standard,
    universalIdentifier: STANDARD_APPLICATION,
    name: 'Standard',
    ...common,
  });
  const universalIdentifier = stableId(workspaceId, 'custom application');
  await insertRow(client, 'core.application', { id: custom, universalIdentifier, name: 'Custom', ...common });
}

async function insertWorkspace(
  client: SqlClient,
  place: WorkspacePlace,
  wanted: NewWorkspace,
): Promise<void> {
  const subdomain = `demo-${wanted.id.slice(0, 8)}-${place.generation.replace('.', '-')}`;
  await insertRow(client, 'core.workspace', {
    id: wanted.id,
    displayName: wanted.displayName,
    subdomain,
    activationStatus: 'ACTIVE',
    version: place.generation,
    // Filled since 1.21; the old generation says it in core.dataSource.
    databaseSchema: place.dataSourceId ? '' : place.schema,
    defaultRoleId: stableId(wanted.id, 'role'),
  });
  await insertApplications(client, place);
  if (!place.dataSourceId) return;
  const row = { id: place.dataSourceId, schema: place.schema, workspaceId: wanted.id };
  await insertRow(client, 'core."dataSource"', row);
}

async function insertMetadata(
  client: SqlClient,
  place: WorkspacePlace,
  objects: readonly ObjectSpec[],
): Promise<void> {
  for (const object of objects) await insertObject(client, place, object);
  for (const object of objects) {
    await insertFields(client, place, object);
    const label = labelField(object);
    const { nameSingular } = object;
    if (!label) continue;
    await setLabelField(client, place, nameSingular, fieldId(place.workspaceId, nameSingular, label.name));
  }
}

async function createTables(
  client: SqlClient,
  place: WorkspacePlace,
  objects: readonly ObjectSpec[],
): Promise<void> {
  const table = new Map(objects.map((object) => [object.nameSingular, tableOf(object)]));
  const relations = objects.flatMap((object) =>
    object.fields.flatMap((spec) =>
      relationStatements(place, tableOf(object), spec, table.get(spec.relation?.to ?? '') ?? ''),
    ),
  );
  await client.query(`CREATE SCHEMA ${ident(place.schema)}`);
  for (const statement of objects.flatMap((object) => tableStatements(place, object))) {
    await client.query(statement);
  }
  for (const statement of relations) await client.query(statement);
}

/** Makes a workspace with its schema, tables, metadata and (unless told not to) invented rows, in one transaction. */
export async function addWorkspace(client: SqlClient, wanted: NewWorkspace): Promise<WorkspacePlace> {
  const place = workspacePlace(wanted.id, wanted.generation);
  const objects = objectsOf(wanted.generation);
  await inTransaction(client, async () => {
    await insertWorkspace(client, place, wanted);
    await createTables(client, place, objects);
    await insertMetadata(client, place, objects);
    const rows = wanted.rows === false ? [] : inventedRows(wanted.id, wanted.generation);
    for (const { object, values } of rows) {
      await insertRow(client, `${ident(place.schema)}.${ident(object)}`, values);
    }
  });
  return place;
}
