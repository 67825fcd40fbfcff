/** As much of a `pg` client as the demo needs. */
export interface SqlClient {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Quotes an identifier for SQL. */
export function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text for SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Runs the work in one transaction; when it fails, nothing of it stays. */
export async function inTransaction<T>(client: SqlClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Inserts one row; undefined values are left to the column's default. */
export async function insertRow(
  client: SqlClient,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  const columns = entries.map(([column]) => ident(column)).join(', ');
  const places = entries.map((_, index) => `$${index + 1}`).join(', ');
  await client.query(
    `INSERT INTO ${table} (${columns}) VALUES (${places})`,
    entries.map(([, value]) => value),
  );
}

/** A cell as text; NULL and what is not text become ''. */
export function cellText(row: Readonly<Record<string, unknown>> | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === 'string' ? value : '';
}
