/** Edits in Twenty's database as Twenty's server makes them. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { stackVariable } from './stack.ts';
import type { SyncedObject, Workspace } from './workspaces.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Crm {
  /** Inserts a record and answers its id. */
  create(workspace: Workspace, object: SyncedObject, values: Row): Promise<string>;
  update(workspace: Workspace, object: SyncedObject, id: string, values: Row): Promise<void>;
  softDelete(workspace: Workspace, object: SyncedObject, id: string): Promise<void>;
  restore(workspace: Workspace, object: SyncedObject, id: string): Promise<void>;
  destroy(workspace: Workspace, object: SyncedObject, id: string): Promise<void>;
  /** The row; numbers of any size and times as text, an empty text as null. Undefined when there is none. */
  row(workspace: Workspace, object: SyncedObject, id: string): Promise<Row | undefined>;
  close(): Promise<void>;
}

/** Connects to the database of the stack as Twenty itself would. */
export function openCrm(): Crm {
  const pool = new pg.Pool({ connectionString: stackVariable('SYNC_PG_URL'), max: 4 });
  const set = async (workspace: Workspace, object: SyncedObject, id: string, values: Row): Promise<void> => {
    const all = { ...values, ...author(workspace, 'updatedBy') };
    const columns = Object.keys(all).map((column, i) => `"${column}" = $${i + 2}`);
    const sql = `UPDATE ${tableOf(workspace, object)} SET ${columns.map((one) => `${one}, `).join('')}"updatedAt" = now() WHERE id = $1`;
    const { rowCount } = await pool.query(sql, [id, ...Object.values(all)]);
    if (rowCount !== 1) throw new Error(`${object} ${id} is not there`);
  };
  return {
    create: async (workspace, object, values) => {
      const all = {
        id: randomUUID(),
        ...values,
        ...author(workspace, 'createdBy'),
        ...author(workspace, 'updatedBy'),
      };
      const columns = Object.keys(all);
      const places = columns.map((_, i) => `$${i + 1}`).join(', ');
      const names = columns.map((column) => `"${column}"`).join(', ');
      await pool.query(
        `INSERT INTO ${tableOf(workspace, object)} (${names}) VALUES (${places})`,
        Object.values(all),
      );
      return all.id;
    },
    update: set,
    softDelete: (workspace, object, id) =>
      set(workspace, object, id, { deletedAt: new Date().toISOString() }),
    restore: (workspace, object, id) => set(workspace, object, id, { deletedAt: null }),
    destroy: async (workspace, object, id) => {
      await pool.query(`DELETE FROM ${tableOf(workspace, object)} WHERE id = $1`, [id]);
    },
    row: async (workspace, object, id) => {
      const found = await pool.query<Row>(`SELECT * FROM ${tableOf(workspace, object)} WHERE id = $1`, [id]);
      const row = found.rows[0];
      return row && Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plain(value)]));
    },
    close: () => pool.end(),
  };
}

function tableOf(workspace: Workspace, object: SyncedObject): string {
  return `"${workspace.schema}"."${object}"`;
}

/** Twenty 1.5 keeps no last author. */
function author({ generation }: Workspace, actor: 'createdBy' | 'updatedBy'): Row {
  if (generation === '1.5' && actor === 'updatedBy') return {};
  return { [`${actor}Source`]: 'MANUAL', [`${actor}Name`]: 'Demo' };
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return value === '' ? null : value;
}
