import pg from 'pg';

/** Makes the demo database `twenty`, and `registry` with an owner of the same name for the schema registry. */
export async function ensureDatabases(twentyUrl: string, registryPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: twentyUrl.replace(/\/twenty$/, '/postgres') });
  await client.connect();
  try {
    const role = await client.query(`SELECT FROM pg_roles WHERE rolname = 'registry'`);
    if (role.rowCount === 0) await client.query('CREATE ROLE registry LOGIN');
    await client.query(`ALTER ROLE registry PASSWORD ${client.escapeLiteral(registryPassword)}`);
    await ensureDatabase(client, 'twenty', 'postgres');
    await ensureDatabase(client, 'registry', 'registry');
  } finally {
    await client.end();
  }
}

async function ensureDatabase(client: pg.Client, name: string, owner: string): Promise<void> {
  const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE "${name}" OWNER "${owner}"`);
}
