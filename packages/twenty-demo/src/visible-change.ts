import { cellText, ident } from './sql.ts';
import type { SqlClient } from './sql.ts';
import { findWorkspace } from './workspace-place.ts';

/** What a demo edit did. */
export interface VisibleChange {
  readonly workspaceId: string;
  readonly companyId: string;
  readonly before: string;
  readonly after: string;
}

/** 'Acme' → 'Acme (edit 1)' → 'Acme (edit 2)'. */
export function nextName(name: string): string {
  const edited = /^(.*) \(edit (\d+)\)$/.exec(name);
  return edited ? `${edited[1] ?? ''} (edit ${Number(edited[2]) + 1})` : `${name} (edit 1)`;
}

/** Renames one company as a user of Twenty would: the one whose last edit is the oldest. */
export async function makeVisibleChange(client: SqlClient, workspaceId: string): Promise<VisibleChange> {
  const place = await findWorkspace(client, workspaceId);
  const table = `${ident(place.schema)}.company`;
  const found = await client.query(
    `SELECT id, name FROM ${table} WHERE "deletedAt" IS NULL ORDER BY "updatedAt", id LIMIT 1`,
  );
  const company = found.rows[0];
  if (!company) throw new Error(`workspace ${workspaceId} has no company to edit`);
  const before = cellText(company, 'name');
  const after = nextName(before);
  const author =
    place.generation === '1.5'
      ? ''
      : `, "updatedBySource" = 'MANUAL', "updatedByName" = 'Demo', "updatedByContext" = '{}'`;
  await client.query(`UPDATE ${table} SET name = $2, "updatedAt" = now()${author} WHERE id = $1`, [
    company['id'],
    after,
  ]);
  return { workspaceId, companyId: String(company['id']), before, after };
}
