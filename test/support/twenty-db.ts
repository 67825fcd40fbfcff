/** Twenty's database as its server uses it, with workspaces of a test's own. */
import { randomUUID } from 'node:crypto';
import { addWorkspace } from '@sync/twenty-demo';
import type { Generation, WorkspacePlace } from '@sync/twenty-demo';
import pg from 'pg';
import { stackVariable } from './stack.ts';

export interface TwentyDb {
  readonly client: pg.Client;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** An empty workspace of a new id, captured but not synced. */
  addEmptyWorkspace(generation?: Generation): Promise<WorkspacePlace>;
  close(): Promise<void>;
}

export async function openTwentyDb(): Promise<TwentyDb> {
  const client = new pg.Client({ connectionString: stackVariable('SYNC_PG_URL') });
  await client.connect();
  return {
    client,
    sql: async (text, values = []) => (await client.query<Record<string, unknown>>(text, values)).rows,
    addEmptyWorkspace: (generation = '2.19') =>
      addWorkspace(client, { id: randomUUID(), generation, displayName: 'Test', rows: false }),
    close: () => client.end(),
  };
}

/** Assignments and values of an INSERT, by column. */
export function insertText(table: string, row: Readonly<Record<string, unknown>>): [string, unknown[]] {
  const columns = Object.keys(row);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  return [`INSERT INTO ${table} (${names}) VALUES (${places})`, Object.values(row)];
}
