/** Which lists there should be: one per object of an enabled workspace. */
import { mappingOf } from '@sync/core';
import type { ObjectConfig, ObjectMapping, TwentyMetadata, WorkspaceConfig } from '@sync/core';

export interface Target {
  readonly workspace: WorkspaceConfig;
  readonly object: ObjectConfig;
  readonly mapping: ObjectMapping;
  readonly metadataVersion: number;
  /** True for a column that the object's table has. */
  readonly has: (column: string) => boolean;
}

/** Why there can be no list yet. */
export interface NoTarget {
  readonly reason: string;
}

/** What a list of this object is made from. */
export function targetOf(
  workspace: WorkspaceConfig,
  object: ObjectConfig,
  metadata: TwentyMetadata | undefined,
): Target | NoTarget {
  const mapping = mappingOf(object.name);
  if (mapping === undefined) return { reason: `no mapping is known for the object ${object.name}` };
  if (metadata === undefined) return { reason: `the data model of the workspace is not known yet` };
  const found = metadata.objects.find(({ name }) => name === object.name);
  if (found === undefined) return { reason: `the workspace has no active object ${object.name}` };
  const columns = new Set(found.columns.map(({ name }) => name));
  const { metadataVersion } = metadata;
  return { workspace, object, mapping, metadataVersion, has: (column) => columns.has(column) };
}

/** The title the list should have. */
export function listNameOf({ workspace, object }: Target): string {
  return `${workspace.listPrefix}${object.list}`;
}

/** The same workspaces by application: what shares a quota waits for one another, and nobody else does. */
export function byApplication(workspaces: Iterable<WorkspaceConfig>): WorkspaceConfig[][] {
  const groups = new Map<string, WorkspaceConfig[]>();
  for (const workspace of workspaces) {
    if (!workspace.enabled) continue;
    const key = `${workspace.tenantId}|${workspace.clientId}`;
    groups.set(key, [...(groups.get(key) ?? []), workspace]);
  }
  return [...groups.values()];
}
