/** The demo's database on a server of its own, with the roles of the capture and a row writer. */
import {
  addCustomField,
  createDemoDatabase,
  DEMO_WORKSPACES,
  field,
  stableId,
  startThrowawayPostgres,
} from '@sync/twenty-demo';
import type { ThrowawayPostgres } from '@sync/twenty-demo';
import { schemaOfWorkspaceId } from '@sync/core';
import { Client } from 'pg';
import { ensureCapture } from '../../capture/ensure-capture.ts';
import type { RowAnswer, RowCommand } from '../row-command.ts';
import { openRowWriter } from '../row-writer.ts';
import type { RowWriter } from '../row-writer.ts';

/** A workspace of 2.19 and one of 1.5. */
export const [CURRENT, OLD] = DEMO_WORKSPACES.map(({ id }) => ({ id, schema: schemaOfWorkspaceId(id) }));
/** The id of no record. */
export const NEW_ID = '0b5e55ed-1111-4222-8333-444455556666';
/** The name of a column of companies. */
export const HOSTILE = `na"me'; DROP TABLE company; --`;

export function company(index: number, rest: Partial<RowCommand> = {}, workspace = CURRENT): RowCommand {
  const recordId = stableId(workspace?.id ?? '', 'company', index);
  const place = { schema: workspace?.schema ?? '', table: 'company' };
  return { ...place, recordId, kind: 'update', values: {}, expected: {}, ...rest };
}

export function rowOf(answer: RowAnswer) {
  return answer.kind === 'refused' ? undefined : answer.row;
}

export class WriterDatabase {
  readonly admin: Client;
  readonly writer: RowWriter;
  readonly #server: ThrowawayPostgres;

  private constructor(server: ThrowawayPostgres, admin: Client) {
    this.#server = server;
    this.admin = admin;
    this.writer = openRowWriter({ url: this.urlAs('sync_writer') });
  }

  static async open(): Promise<WriterDatabase> {
    const server = await startThrowawayPostgres(16);
    const admin = new Client({ connectionString: server.url() });
    await admin.connect();
    await createDemoDatabase(admin);
    await addColumns(admin);
    const database = new WriterDatabase(server, admin);
    await ensureCapture({
      adminUrl: server.url(),
      replicationUrl: database.urlAs('sync_replication'),
      readerUrl: database.urlAs('sync_reader'),
      writerUrl: database.urlAs('sync_writer'),
    });
    return database;
  }

  async close(): Promise<void> {
    await this.writer.close();
    await this.admin.end();
    await this.#server.stop();
  }

  urlAs(role: string): string {
    return this.#server.url().replace('postgres:postgres@', `${role}:secret@`);
  }

  /** What an SQL expression gives for a company. */
  async stored(index: number, expression: string): Promise<unknown> {
    const sql = `SELECT ${expression} AS value FROM ${CURRENT?.schema}.company WHERE id = $1`;
    const result = await this.admin.query<{ value: unknown }>(sql, [company(index).recordId]);
    return result.rows[0]?.value;
  }

  async currentLsn(): Promise<bigint> {
    const sql = `SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text AS lsn`;
    return BigInt((await this.admin.query<{ lsn: string }>(sql)).rows[0]?.lsn ?? '0');
  }

  /** Sets one column, and then writes again on the condition that it holds what the first answer said. */
  async roundTrip(index: number, column: string, value: RowCommand['values'][string]): Promise<unknown> {
    const first = await this.writer.write(company(index, { values: { [column]: value } }));
    if (first.kind !== 'written') throw new Error(JSON.stringify(first));
    const seen = first.row[column] ?? null;
    const again = await this.writer.write(
      company(index, { values: { name: 'Again' }, expected: { [column]: seen } }),
    );
    expect(again.kind).toBe('written');
    return seen;
  }
}

async function addColumns(admin: Client): Promise<void> {
  const place = { workspaceId: CURRENT?.id ?? '', object: 'company' };
  const regions = field('regions', 'MULTI_SELECT', { options: ['NORTH', 'SOUTH', 'EAST'] });
  await addCustomField(admin, { ...place, field: regions });
  await addCustomField(admin, { ...place, field: field('tags', 'ARRAY') });
  await addCustomField(admin, { ...place, field: field('founded', 'DATE') });
  await addCustomField(admin, { ...place, field: field('vip', 'BOOLEAN') });
  await admin.query(`ALTER TABLE ${CURRENT?.schema}.company ADD COLUMN "${HOSTILE.replace('"', '""')}" text`);
}
