import { addWorkspace } from './add-workspace.ts';
import type { NewWorkspace } from './add-workspace.ts';
import { CORE_STATEMENTS } from './core-ddl.ts';
import { inTransaction } from './sql.ts';
import type { SqlClient } from './sql.ts';

/** The two workspaces a fresh demo has: one of the current generation, one of the old. */
export const DEMO_WORKSPACES: readonly NewWorkspace[] = [
  { id: '5a17d0c4-1f0e-4b7a-9c51-0d7e3a6b2f10', generation: '2.19', displayName: 'Harbourlight Trading' },
  { id: '7be2c9a0-63d8-4e15-8f24-91c6d05e7a3b', generation: '1.5', displayName: 'Old Quarry Supplies' },
];

/** What `createDemoDatabase` found or made. */
export interface DemoDatabase {
  readonly created: boolean;
  readonly workspaces: readonly NewWorkspace[];
}

async function createCore(client: SqlClient): Promise<boolean> {
  const found = await client.query(`SELECT to_regclass('core.workspace') IS NOT NULL AS present`);
  if (found.rows[0]?.['present'] === true) return false;
  await inTransaction(client, async () => {
    for (const statement of CORE_STATEMENTS) await client.query(statement);
  });
  return true;
}

/** Makes the Twenty-shaped database with its workspaces; what is there already is left as it is. */
export async function createDemoDatabase(
  client: SqlClient,
  options: { readonly workspaces?: readonly NewWorkspace[] } = {},
): Promise<DemoDatabase> {
  const workspaces = options.workspaces ?? DEMO_WORKSPACES;
  let created = await createCore(client);
  for (const wanted of workspaces) {
    const found = await client.query('SELECT 1 FROM core.workspace WHERE id = $1', [wanted.id]);
    if (found.rows.length > 0) continue;
    await addWorkspace(client, wanted);
    created = true;
  }
  return { created, workspaces };
}
