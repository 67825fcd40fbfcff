import type { ObjectSpec } from './model.ts';
import { insertRow } from './sql.ts';
import type { SqlClient } from './sql.ts';
import { stableId } from './stable-id.ts';
import type { WorkspacePlace } from './workspace-place.ts';

/** 'noteTarget' → 'Note target', as Twenty labels its objects and fields. */
export function labelOf(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The id of an object's metadata row. */
export function objectId(workspaceId: string, nameSingular: string): string {
  return stableId(workspaceId, 'object', nameSingular);
}

/** Which columns say whose a metadata row is: 1.5 has a flag, 2.19 an owning application. */
export function ownership(place: WorkspacePlace, custom: boolean): Record<string, unknown> {
  if (!place.applications) return { isCustom: custom };
  return { applicationId: custom ? place.applications.custom : place.applications.standard };
}

/** Writes the metadata row of an object. */
export async function insertObject(
  client: SqlClient,
  place: WorkspacePlace,
  spec: ObjectSpec,
): Promise<void> {
  const id = objectId(place.workspaceId, spec.nameSingular);
  await insertRow(client, 'core."objectMetadata"', {
    id,
    dataSourceId: place.dataSourceId,
    nameSingular: spec.nameSingular,
    namePlural: spec.namePlural,
    labelSingular: labelOf(spec.nameSingular),
    labelPlural: labelOf(spec.namePlural),
    targetTableName: 'DEPRECATED',
    isActive: true,
    isSystem: spec.system ?? false,
    isSearchable: spec.search !== undefined,
    workspaceId: place.workspaceId,
    universalIdentifier: place.applications ? stableId('universal', spec.nameSingular) : undefined,
    ...ownership(place, spec.custom ?? false),
  });
}

/** Points an object at the field that names its records, once the field's row is there. */
export async function setLabelField(
  client: SqlClient,
  place: WorkspacePlace,
  nameSingular: string,
  fieldId: string,
): Promise<void> {
  await client.query('UPDATE core."objectMetadata" SET "labelIdentifierFieldMetadataId" = $2 WHERE id = $1', [
    objectId(place.workspaceId, nameSingular),
    fieldId,
  ]);
}
