import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** As much of a `pg` client as this package needs. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Quotes an identifier; no name from outside reaches SQL without this. */
export function ident(name: string): string {
  return escapeIdentifier(name);
}

/** Quotes a schema and a name in it. */
export function qualified(schema: string, name: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

/** Quotes a text, for the statements that take no parameters. */
export function literal(text: string): string {
  return escapeLiteral(text);
}

/** The SQLSTATE of an error thrown by `pg`, or undefined when the server did not speak. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Does the work on a connection of its own. */
export async function withDatabase<T>(url: string, work: (db: Queryable) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
