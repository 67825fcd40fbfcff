/** The data model of workspaces, as records. Pure. */
import { to, topics } from '@sync/core';
import type { OutRecord, TwentyMetadata } from '@sync/core';
import type { TwentyWorkspace } from '@sync/twenty';

/** What the topic should say of a workspace. */
export function metadataOf(workspace: TwentyWorkspace): TwentyMetadata {
  return {
    workspaceId: workspace.id,
    schema: workspace.schema,
    displayName: workspace.displayName,
    metadataVersion: workspace.metadataVersion,
    objects: workspace.objects.flatMap(({ active, table, custom, nameSingular, columns }) => {
      if (!active || table === null) return [];
      const writable = columns.filter((column) => !column.generated);
      return [
        {
          name: nameSingular,
          table,
          custom,
          columns: writable.map(({ name, type, nullable, enumValues }) => ({
            name,
            type,
            nullable,
            options: enumValues ?? [],
          })),
        },
      ];
    }),
  };
}

/** Records for the workspaces whose data model is not what the topic says. */
export function metadataChanges(
  found: readonly TwentyWorkspace[],
  known: (workspaceId: string) => TwentyMetadata | undefined,
): OutRecord[] {
  return found
    .filter((workspace) => workspace.deletedAt === null)
    .map(metadataOf)
    .filter((metadata) => JSON.stringify(metadata) !== JSON.stringify(ordered(known(metadata.workspaceId))))
    .map((metadata) => to(topics.twentyMetadata, metadata.workspaceId, metadata));
}

/** The same property order as `metadataOf`, whatever made the object. */
function ordered(metadata: TwentyMetadata | undefined): TwentyMetadata | undefined {
  if (metadata === undefined) return undefined;
  const { workspaceId, schema, displayName, metadataVersion, objects } = metadata;
  return {
    workspaceId,
    schema,
    displayName,
    metadataVersion,
    objects: objects.map(({ name, table, custom, columns }) => ({
      name,
      table,
      custom,
      columns: columns.map((column) => ({
        name: column.name,
        type: column.type,
        nullable: column.nullable,
        options: column.options,
      })),
    })),
  };
}

/** True when a look at the metadata would say something new. */
export function versionsDiffer(
  versions: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
): boolean {
  return (
    versions.size !== seen.size ||
    [...versions].some(([workspaceId, version]) => seen.get(workspaceId) !== version)
  );
}
