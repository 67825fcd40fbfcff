import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { addWorkspace } from './add-workspace.ts';
import { addCustomObject } from './custom-metadata.ts';
import { createDemoDatabase, DEMO_WORKSPACES } from './demo-database.ts';
import { isGeneration } from './generation.ts';
import type { SqlClient } from './sql.ts';
import { makeVisibleChange } from './visible-change.ts';

const USAGE = `usage: main.ts <verb>, with SYNC_PG_URL naming the database
  seed                                          make the demo database (does nothing when it is there)
  add-workspace --generation 2.19|1.5 --name X  add a workspace with invented rows
  add-object --workspace <id> --name gadget     add a custom object
  change [--workspace <id>]                     edit one company, as a user would`;

type Flags = Readonly<Record<'generation' | 'name' | 'workspace', string | undefined>>;

function required(value: string | undefined, flag: string): string {
  if (!value) throw new Error(`--${flag} is missing\n${USAGE}`);
  return value;
}

async function seed(client: SqlClient): Promise<string> {
  const { created, workspaces } = await createDemoDatabase(client);
  const names = workspaces.map((one) => `${one.id} ${one.displayName} (${one.generation})`).join('\n  ');
  return `${created ? 'made' : 'already there'}:\n  ${names}`;
}

async function newWorkspace(client: SqlClient, flags: Flags): Promise<string> {
  const generation = flags.generation ?? '2.19';
  if (!isGeneration(generation)) throw new Error(`--generation is "${generation}"; use 2.19 or 1.5`);
  const displayName = required(flags.name, 'name');
  const place = await addWorkspace(client, { id: randomUUID(), generation, displayName });
  return `added workspace ${place.workspaceId} "${displayName}" in schema ${place.schema}`;
}

async function newObject(client: SqlClient, flags: Flags): Promise<string> {
  const workspaceId = required(flags.workspace, 'workspace');
  const nameSingular = required(flags.name, 'name');
  const table = await addCustomObject(client, { workspaceId, nameSingular });
  return `added object ${nameSingular} as table ${table} in workspace ${workspaceId}`;
}

async function change(client: SqlClient, flags: Flags): Promise<string> {
  const workspaceId = flags.workspace ?? DEMO_WORKSPACES[0]?.id ?? '';
  const done = await makeVisibleChange(client, workspaceId);
  return `company ${done.companyId}: name "${done.before}" is now "${done.after}"`;
}

const VERBS = { seed, 'add-workspace': newWorkspace, 'add-object': newObject, change };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { generation: { type: 'string' }, name: { type: 'string' }, workspace: { type: 'string' } },
});
const verb = Object.entries(VERBS).find(([name]) => name === positionals[0])?.[1];
const url = process.env['SYNC_PG_URL'];
if (!verb || !url) {
  process.stderr.write(`${url ? '' : 'SYNC_PG_URL is missing\n'}${USAGE}\n`);
  process.exit(2);
}
const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
try {
  await client.connect();
  const flags = { generation: values.generation, name: values.name, workspace: values.workspace };
  process.stdout.write(`${await verb(client, flags)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await client.end();
}
