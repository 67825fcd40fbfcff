/** People who edit companies in Twenty, as its server writes them. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TwentyUser {
  create(values: Readonly<Record<string, unknown>>): Promise<string>;
  /** False when there is no live row with this id. */
  edit(id: string, values: Readonly<Record<string, unknown>>): Promise<boolean>;
  softDelete(id: string): Promise<boolean>;
  restore(id: string): Promise<boolean>;
}

const AUTHOR = { updatedBySource: 'MANUAL', updatedByName: 'Demo' };

/** A pool that outlives the death of its server; statements that hang are given up. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 3_000,
    query_timeout: 15_000,
  });
  pool.on('error', () => undefined);
  return pool;
}

export function twentyUser(pool: pg.Pool, schema: string): TwentyUser {
  const table = `"${schema}".company`;
  const set = async (
    id: string,
    values: Readonly<Record<string, unknown>>,
    where: string,
  ): Promise<boolean> => {
    const all = { ...values, ...AUTHOR };
    const columns = Object.keys(all).map((column, at) => `"${column}" = $${at + 2}`);
    const sql = `UPDATE ${table} SET ${columns.join(', ')}, "updatedAt" = now() WHERE id = $1 AND ${where}`;
    return (await pool.query(sql, [id, ...Object.values(all)])).rowCount === 1;
  };
  return {
    create: async (values) => {
      const all = {
        id: randomUUID(),
        ...values,
        createdBySource: 'MANUAL',
        createdByName: 'Demo',
        ...AUTHOR,
      };
      const places = Object.keys(all).map((_, at) => `$${at + 1}`);
      const names = Object.keys(all).map((column) => `"${column}"`);
      await pool.query(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`,
        Object.values(all),
      );
      return all.id;
    },
    edit: (id, values) => set(id, values, '"deletedAt" IS NULL'),
    softDelete: (id) => set(id, { deletedAt: new Date().toISOString() }, '"deletedAt" IS NULL'),
    restore: (id) => set(id, { deletedAt: null }, '"deletedAt" IS NOT NULL'),
  };
}
