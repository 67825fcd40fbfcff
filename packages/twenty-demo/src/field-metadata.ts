import { columnsOfField } from '@sync/twenty';
import { joinColumnOf } from './model.ts';
import type { FieldSpec, ObjectSpec } from './model.ts';
import { labelOf, objectId, ownership } from './object-metadata.ts';
import { insertRow } from './sql.ts';
import type { SqlClient } from './sql.ts';
import { stableId } from './stable-id.ts';
import type { WorkspacePlace } from './workspace-place.ts';

const COLORS = ['blue', 'turquoise', 'purple', 'orange', 'green', 'pink'];

/** The id of a field's metadata row. */
export function fieldId(workspaceId: string, object: string, name: string): string {
  return stableId(workspaceId, 'field', object, name);
}

/** The metadata of a SELECT option. */
export function optionOf(value: string, position: number): Record<string, unknown> {
  const words = value.toLowerCase().replaceAll('_', ' ');
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return { id: stableId('option', value), value, label, position, color: COLORS[position % COLORS.length] };
}

function settingsOf(spec: FieldSpec): string | undefined {
  if (!spec.relation) return undefined;
  const onDelete = spec.relation.onDelete.replace(' ', '_');
  return JSON.stringify({ relationType: 'MANY_TO_ONE', onDelete, joinColumnName: joinColumnOf(spec) });
}

function optionsOf(spec: FieldSpec): string | undefined {
  return spec.options && spec.type !== 'ACTOR' ? JSON.stringify(spec.options.map(optionOf)) : undefined;
}

function commonColumns(place: WorkspacePlace, object: string, spec: FieldSpec): Record<string, unknown> {
  return {
    id: fieldId(place.workspaceId, object, spec.name),
    objectMetadataId: objectId(place.workspaceId, object),
    type: spec.type,
    name: spec.name,
    label: labelOf(spec.name),
    isActive: true,
    isSystem: spec.system ?? false,
    isNullable: spec.nullable ?? true,
    workspaceId: place.workspaceId,
    universalIdentifier: place.applications ? stableId('universal', object, spec.name) : undefined,
    isUnique: place.applications ? undefined : spec.unique !== undefined,
    ...ownership(place, spec.custom ?? false),
  };
}

function relationColumns(place: WorkspacePlace, object: string, spec: FieldSpec): Record<string, unknown> {
  if (!spec.relation) return {};
  const { to, inverse } = spec.relation;
  return {
    relationTargetObjectMetadataId: objectId(place.workspaceId, to),
    relationTargetFieldMetadataId: fieldId(place.workspaceId, to, inverse),
    morphId: spec.type === 'MORPH_RELATION' ? stableId(place.workspaceId, 'morph', object) : undefined,
  };
}

async function insertInverse(
  client: SqlClient,
  place: WorkspacePlace,
  object: string,
  spec: FieldSpec,
): Promise<void> {
  if (!spec.relation) return;
  const many: FieldSpec = { name: spec.relation.inverse, type: 'RELATION', custom: spec.custom ?? false };
  await insertRow(client, 'core."fieldMetadata"', {
    ...commonColumns(place, spec.relation.to, many),
    settings: JSON.stringify({ relationType: 'ONE_TO_MANY' }),
    relationTargetObjectMetadataId: objectId(place.workspaceId, object),
    relationTargetFieldMetadataId: fieldId(place.workspaceId, object, spec.name),
  });
}

async function insertUniqueIndex(
  client: SqlClient,
  place: WorkspacePlace,
  object: string,
  spec: FieldSpec,
): Promise<void> {
  if (spec.unique === undefined) return;
  const id = stableId(place.workspaceId, 'index', object, spec.name);
  await insertRow(client, 'core."indexMetadata"', {
    id,
    name: `IDX_UNIQUE_${object}_${spec.name}`,
    workspaceId: place.workspaceId,
    objectMetadataId: objectId(place.workspaceId, object),
    isUnique: true,
  });
  await insertRow(client, 'core."indexFieldMetadata"', {
    indexMetadataId: id,
    fieldMetadataId: fieldId(place.workspaceId, object, spec.name),
    order: 0,
  });
}

/** Writes the metadata of one field, of the other side of its relation, and of its unique index. */
export async function insertField(
  client: SqlClient,
  place: WorkspacePlace,
  object: string,
  spec: FieldSpec,
): Promise<void> {
  await insertRow(client, 'core."fieldMetadata"', {
    ...commonColumns(place, object, spec),
    options: optionsOf(spec),
    settings: settingsOf(spec),
    ...relationColumns(place, object, spec),
  });
  await insertInverse(client, place, object, spec);
  await insertUniqueIndex(client, place, object, spec);
}

/** Writes the metadata of all fields of an object, `searchVector` included. */
export async function insertFields(
  client: SqlClient,
  place: WorkspacePlace,
  object: ObjectSpec,
): Promise<void> {
  for (const spec of object.fields) await insertField(client, place, object.nameSingular, spec);
  if (!object.search) return;
  const vector: FieldSpec = { name: 'searchVector', type: 'TS_VECTOR', system: true };
  await insertField(client, place, object.nameSingular, vector);
}

/** The field that names an object's records: its name or title. */
export function labelField(object: ObjectSpec): FieldSpec | undefined {
  return object.fields.find(
    (spec) => ['name', 'title'].includes(spec.name) && columnsOfField(spec).length > 0,
  );
}
