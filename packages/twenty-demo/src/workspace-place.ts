import { schemaOfWorkspaceId } from '@sync/core';
import type { Generation } from './generation.ts';
import { isGeneration } from './generation.ts';
import { cellText } from './sql.ts';
import type { SqlClient } from './sql.ts';
import { stableId } from './stable-id.ts';
import type { Place } from './table-ddl.ts';

/** A workspace of the demo: where its tables are, and who owns its metadata rows. */
export interface WorkspacePlace extends Place {
  readonly workspaceId: string;
  /** 2.19 only: the applications that own standard and custom metadata. */
  readonly applications?: { readonly standard: string; readonly custom: string };
  /** 1.5 only: the row of `core.dataSource`. */
  readonly dataSourceId?: string;
}

/** Where a workspace of that id and generation is. */
export function workspacePlace(workspaceId: string, generation: Generation): WorkspacePlace {
  const place = { workspaceId, generation, schema: schemaOfWorkspaceId(workspaceId) };
  if (generation === '1.5') return { ...place, dataSourceId: stableId(workspaceId, 'dataSource') };
  const standard = stableId(workspaceId, 'application', 'standard');
  const custom = stableId(workspaceId, 'application', 'custom');
  return { ...place, applications: { standard, custom } };
}

/** The place of a workspace that is already there; throws when there is none of that id. */
export async function findWorkspace(client: SqlClient, workspaceId: string): Promise<WorkspacePlace> {
  const found = await client.query('SELECT version FROM core.workspace WHERE id = $1', [workspaceId]);
  const version = cellText(found.rows[0], 'version');
  if (!isGeneration(version)) throw new Error(`no demo workspace has the id ${workspaceId}`);
  return workspacePlace(workspaceId, version);
}
