import {
  addCustomField,
  addCustomObject,
  createDemoDatabase,
  DEMO_WORKSPACES,
  field,
  stableId,
  startThrowawayPostgres,
} from '@sync/twenty-demo';
import type { ThrowawayPostgres } from '@sync/twenty-demo';
import { Client } from 'pg';
import { ensureCapture } from '../capture/ensure-capture.ts';
import { schemaOfWorkspaceId } from '@sync/core';
import { openRowWriter } from './row-writer.ts';
import type { RowAnswer, RowCommand } from './row-command.ts';
import type { RowWriter } from './row-writer.ts';

jest.setTimeout(60_000);

const [CURRENT, OLD] = DEMO_WORKSPACES.map(({ id }) => ({ id, schema: schemaOfWorkspaceId(id) }));
const NEW_ID = '0b5e55ed-1111-4222-8333-444455556666';
const HOSTILE = `na"me'; DROP TABLE company; --`;
let server: ThrowawayPostgres;
let admin: Client;
let writer: RowWriter;

function urlAs(role: string): string {
  return server.url().replace('postgres:postgres@', `${role}:secret@`);
}

beforeAll(async () => {
  server = await startThrowawayPostgres(16);
  admin = new Client({ connectionString: server.url() });
  await admin.connect();
  await createDemoDatabase(admin);
  const workspaceId = CURRENT?.id ?? '';
  await addCustomField(admin, {
    workspaceId,
    object: 'company',
    field: field('regions', 'MULTI_SELECT', { options: ['NORTH', 'SOUTH', 'EAST'] }),
  });
  await addCustomField(admin, { workspaceId, object: 'company', field: field('tags', 'ARRAY') });
  await addCustomField(admin, { workspaceId, object: 'company', field: field('founded', 'DATE') });
  await addCustomField(admin, { workspaceId, object: 'company', field: field('vip', 'BOOLEAN') });
  await admin.query(`ALTER TABLE ${CURRENT?.schema}.company ADD COLUMN "${HOSTILE.replace('"', '""')}" text`);
  await ensureCapture({
    adminUrl: server.url(),
    replicationUrl: urlAs('sync_replication'),
    readerUrl: urlAs('sync_reader'),
    writerUrl: urlAs('sync_writer'),
  });
  writer = openRowWriter({ url: urlAs('sync_writer') });
});

afterAll(async () => {
  await writer.close();
  await admin.end();
  await server.stop();
});

function company(index: number, rest: Partial<RowCommand> = {}, workspace = CURRENT): RowCommand {
  const recordId = stableId(workspace?.id ?? '', 'company', index);
  const place = { schema: workspace?.schema ?? '', table: 'company' };
  return { ...place, recordId, kind: 'update', values: {}, expected: {}, ...rest };
}

async function stored(index: number, expression: string, workspace = CURRENT): Promise<unknown> {
  const id = company(index, {}, workspace).recordId;
  const sql = `SELECT ${expression} AS value FROM ${workspace?.schema}.company WHERE id = $1`;
  const result = await admin.query<{ value: unknown }>(sql, [id]);
  return result.rows[0]?.value;
}

/** Sets one column, and then again on the condition that it holds what the first answer said. */
async function roundTrip(
  index: number,
  column: string,
  value: RowCommand['values'][string],
): Promise<unknown> {
  const first = await writer.write(company(index, { values: { [column]: value } }));
  if (first.kind !== 'written') throw new Error(JSON.stringify(first));
  const seen = first.row[column] ?? null;
  const again = await writer.write(
    company(index, { values: { name: 'Again' }, expected: { [column]: seen } }),
  );
  expect(again.kind).toBe('written');
  return seen;
}

async function currentLsn(): Promise<bigint> {
  const sql = `SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text AS lsn`;
  return BigInt((await admin.query<{ lsn: string }>(sql)).rows[0]?.lsn ?? '0');
}

function rowOf(answer: RowAnswer) {
  return answer.kind === 'refused' ? undefined : answer.row;
}

describe('an update', () => {
  it('is written while the expected values hold, and stamped as ours', async () => {
    const before = await currentLsn();
    const answer = await writer.write(
      company(0, {
        values: { name: 'New name' },
        expected: { name: 'Alder & Finch Tools' },
        nowIso: '2126-03-04T05:06:07.089Z',
      }),
    );
    expect(answer).toMatchObject({
      kind: 'written',
      row: {
        name: 'New name',
        updatedAt: '2126-03-04T05:06:07.089000Z',
        updatedBySource: 'API',
        updatedByName: 'SharePoint',
        updatedByContext: '{"origin": "sharepoint"}',
        updatedByWorkspaceMemberId: null,
        createdByName: 'Demo',
      },
    });
    expect(answer.kind === 'written' && answer.lsn > before).toBe(true);
    expect(rowOf(answer)).not.toHaveProperty('searchVector');
  });

  it('leaves a row alone that was updated after it was made, unless it says when that was', async () => {
    const late = company(4, { values: { name: 'Late' }, nowIso: '2020-01-01T00:00:00.000Z' });
    const answer = await writer.write(late);
    expect(answer.kind).toBe('moved');
    const updatedAt = rowOf(answer)?.['updatedAt'] ?? null;
    expect((await writer.write({ ...late, expected: { updatedAt } })).kind).toBe('written');
    expect((await writer.write({ ...late, expected: { updatedAt } })).kind).toBe('moved');
  });

  it('takes the server clock when no time is given', async () => {
    await writer.write(company(0, { values: { name: 'Timed' } }));
    expect(await stored(0, `now() - "updatedAt" < interval '1 minute'`)).toBe(true);
  });

  it('answers moved with the row that is there, and writes nothing', async () => {
    const answer = await writer.write(company(1, { values: { name: 'Mine' }, expected: { name: 'Stale' } }));
    expect(answer).toMatchObject({ kind: 'moved', row: { name: 'Brindlewick Dairy' } });
    expect(await stored(1, 'name')).toBe('Brindlewick Dairy');
  });

  it('answers moved without a row when the record is gone', async () => {
    const answer = await writer.write(company(0, { recordId: NEW_ID, values: { name: 'x' } }));
    expect(answer).toMatchObject({ kind: 'moved', row: null });
    expect(answer.kind === 'moved' && answer.lsn > 0n).toBe(true);
  });

  it('sets and clears deletedAt like any column', async () => {
    const at = '2026-01-02T03:04:05.123Z';
    const gone = await writer.write(company(2, { values: { deletedAt: at }, expected: { deletedAt: null } }));
    expect(rowOf(gone)?.['deletedAt']).toBe('2026-01-02T03:04:05.123000Z');
    const back = await writer.write(company(2, { values: { deletedAt: null }, expected: { deletedAt: at } }));
    expect(rowOf(back)?.['deletedAt']).toBeNull();
  });

  it('marks the change with a replication origin', async () => {
    await writer.write(company(0, { values: { name: 'Marked' } }));
    const active = await admin.query(
      `SELECT external_id FROM pg_replication_origin_status WHERE local_id > 0`,
    );
    expect(active.rows).toContainEqual({ external_id: 'sync_writer_1' });
  });

  it('writes unmarked when every origin is taken', async () => {
    const other = openRowWriter({ url: urlAs('sync_writer'), origins: ['sync_writer_1', 'no_such_origin'] });
    expect((await other.write(company(0, { values: { name: 'Unmarked' } }))).kind).toBe('written');
    await other.close();
  });
});

describe('a change by somebody else that is not committed yet', () => {
  let theirLsn = 0n;

  async function whileChanging(
    sql: string,
    ending: 'COMMIT' | 'ROLLBACK',
    command: RowCommand,
  ): Promise<RowAnswer> {
    await admin.query('BEGIN');
    await admin.query(sql);
    const answer = writer.write(command);
    await waitUntilBlocked();
    theirLsn = await currentLsn();
    await admin.query(ending);
    return answer;
  }

  async function waitUntilBlocked(): Promise<void> {
    const found = await admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE usename = 'sync_writer' AND wait_event_type = 'Lock'`,
    );
    // Inside a transaction the statistics are a snapshot, unless it is thrown away.
    await admin.query('SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)');
    if (found.rows.length === 0) await waitUntilBlocked();
  }

  const rename = () =>
    `UPDATE ${CURRENT?.schema}.company SET name = 'Theirs' WHERE id = '${company(5).recordId}'`;

  it('is waited for: when it commits, the row has moved', async () => {
    const command = company(5, { values: { name: 'Mine' }, expected: { name: 'Fernhollow Paper' } });
    expect(await whileChanging(rename(), 'COMMIT', command)).toMatchObject({
      kind: 'moved',
      row: { name: 'Theirs' },
    });
    expect(await stored(5, 'name')).toBe('Theirs');
  });

  it('is waited for: when it rolls back, the write goes through', async () => {
    await admin.query(rename());
    const back = `UPDATE ${CURRENT?.schema}.company SET name = 'Other' WHERE id = '${company(5).recordId}'`;
    const command = company(5, { values: { name: 'Mine' }, expected: { name: 'Theirs' } });
    expect((await whileChanging(back, 'ROLLBACK', command)).kind).toBe('written');
  });

  it('is seen by the reading of a stale row, too', async () => {
    const command = company(5, { values: { name: 'Mine' }, expected: { name: 'Never so', employees: -1 } });
    const answer = await whileChanging(rename(), 'COMMIT', command);
    expect(answer).toMatchObject({ kind: 'moved', row: { name: 'Theirs' } });
    expect(answer.kind === 'moved' && answer.lsn > theirLsn).toBe(true);
  });
});

describe('an insert', () => {
  const create = (rest: Partial<RowCommand> = {}) =>
    company(0, { kind: 'insert', recordId: NEW_ID, values: { name: 'Fresh' }, ...rest });

  it('makes the row as Twenty would', async () => {
    const answer = await writer.write(create());
    expect(answer).toMatchObject({
      kind: 'written',
      row: {
        id: NEW_ID,
        name: 'Fresh',
        position: 0,
        createdBySource: 'API',
        createdByName: 'SharePoint',
        updatedByContext: '{"origin": "sharepoint"}',
        deletedAt: null,
      },
    });
  });

  it('leaves a row that is there alone, and shows it', async () => {
    const answer = await writer.write(create({ values: { name: 'Second' } }));
    expect(answer).toMatchObject({ kind: 'moved', row: { id: NEW_ID, name: 'Fresh' } });
  });

  it('leaves a NULL that a column refuses to the default', async () => {
    const recordId = stableId('opportunity', 'new');
    const values = { name: 'Deal', stage: null };
    const answer = await writer.write({ ...create({ recordId, values }), table: 'opportunity' });
    expect(rowOf(answer)?.['stage']).toBe('NEW');
  });

  it('names the author where Twenty has no default for it', async () => {
    await addCustomObject(admin, { workspaceId: CURRENT?.id ?? '', nameSingular: 'gadget' });
    const answer = await writer.write({ ...create(), table: '_gadget' });
    expect(answer).toMatchObject({ kind: 'written', row: { createdByName: 'SharePoint' } });
  });
});

describe('exact values', () => {
  it.each([
    ['annualRevenueAmountMicros', '9007199254740993000001', '9007199254740993000001'],
    ['annualRevenueAmountMicros', '9007199254740993.000001', '9007199254740993.000001'],
    ['employees', 12.5, 12.5],
    ['vip', true, true],
    ['founded', '1999-12-31', '1999-12-31'],
    ['regions', ['SOUTH', 'NORTH'], ['SOUTH', 'NORTH']],
    ['tags', ['a,b', 'say "hi"', '{x}'], ['a,b', 'say "hi"', '{x}']],
    [
      'domainNameSecondaryLinks',
      '[{"url":"https://a.example","label":"A"}]',
      '[{"url": "https://a.example", "label": "A"}]',
    ],
    ['accountOwnerId', null, null],
    [HOSTILE, 'it\'s \\ "fine"', 'it\'s \\ "fine"'],
  ])('%s: %j', async (column, value, expected) => {
    expect(await roundTrip(3, column, value)).toEqual(expected);
  });

  it('tells neighbours apart that a double cannot', async () => {
    await writer.write(company(3, { values: { annualRevenueAmountMicros: '9007199254740993' } }));
    const expected = { annualRevenueAmountMicros: '9007199254740992' };
    expect((await writer.write(company(3, { values: { name: 'x' }, expected }))).kind).toBe('moved');
  });

  it('holds for equal numbers and JSON written otherwise, and for options in another order', async () => {
    const values = {
      annualRevenueAmountMicros: '5.10',
      regions: ['EAST', 'NORTH'],
      domainNameSecondaryLinks: '[1, 2]',
    };
    await writer.write(company(3, { values }));
    const expected = {
      annualRevenueAmountMicros: '5.1',
      regions: ['NORTH', 'EAST'],
      domainNameSecondaryLinks: '[1,2]',
    };
    expect((await writer.write(company(3, { values: { name: 'x' }, expected }))).kind).toBe('written');
  });

  it.each([
    ['2026-01-02T03:04:05Z', 'written'],
    ['2026-01-02T03:04:05.123Z', 'written'],
    ['2026-01-02T03:04:05.123456Z', 'written'],
    ['2026-01-02T04:04:05.123456+01:00', 'written'],
    ['2026-01-02T03:04:05.123457Z', 'moved'],
    ['2026-01-02T03:04:05.124Z', 'moved'],
    ['2026-01-02T03:04:06Z', 'moved'],
    [null, 'moved'],
  ])('a time seen as %s: %s', async (seen, kind) => {
    await writer.write(company(3, { values: { deletedAt: '2026-01-02T03:04:05.123456Z' } }));
    const answer = await writer.write(company(3, { values: { name: 'x' }, expected: { deletedAt: seen } }));
    expect(answer.kind).toBe(kind);
  });
});

describe('the empty text', () => {
  it('is NULL in 2.19', async () => {
    const answer = await writer.write(company(6, { values: { name: '', domainNamePrimaryLinkUrl: '' } }));
    expect(rowOf(answer)).toMatchObject({ name: null, domainNamePrimaryLinkUrl: null });
    const expected = { name: '' };
    expect((await writer.write(company(6, { values: { name: 'Back' }, expected }))).kind).toBe('written');
  });

  it('stands for NULL where 1.5 refuses it', async () => {
    const answer = await writer.write(company(6, { values: { name: null, addressAddressCity: '' } }, OLD));
    expect(rowOf(answer)).toMatchObject({ name: '', addressAddressCity: null });
    const expected = { name: null };
    expect((await writer.write(company(6, { values: { name: 'Back' }, expected }, OLD))).kind).toBe(
      'written',
    );
  });

  it('needs no updatedBy in 1.5', async () => {
    const answer = await writer.write(company(7, { values: { name: 'Plain' } }, OLD));
    expect(answer.kind).toBe('written');
    expect(rowOf(answer)).not.toHaveProperty('updatedByName');
  });
});

describe('a refusal', () => {
  const opportunity = (values: RowCommand['values']): RowCommand => ({
    ...company(0, { values, recordId: stableId(CURRENT?.id ?? '', 'opportunity', 0) }),
    table: 'opportunity',
  });

  it.each([
    [
      '23505',
      () => company(8, { values: { domainNamePrimaryLinkUrl: 'https://kestrelbrook-energy.example' } }),
      'domainNamePrimaryLinkUrl',
    ],
    ['23503', () => company(8, { values: { accountOwnerId: NEW_ID } }), 'accountOwnerId'],
    ['23502', () => opportunity({ stage: null }), 'stage'],
    ['22P02', () => opportunity({ stage: 'NO_SUCH' }), undefined],
    ['22P02', () => opportunity({ amountAmountMicros: 'much' }), undefined],
    ['22008', () => opportunity({ closeDate: '2026-02-31T00:00:00Z' }), undefined],
    ['428C9', () => company(8, { values: { searchVector: 'x' } }), 'searchVector'],
    ['unknown-column', () => company(8, { values: { color: 'x' } }), 'color'],
    ['unknown-column', () => company(8, { values: { name: 'x' }, expected: { color: 'x' } }), 'color'],
    ['unknown-table', () => ({ ...company(8, { values: { name: 'x' } }), table: 'nothing' }), undefined],
    ['unknown-table', () => ({ ...company(8, { values: { name: 'x' } }), schema: 'core"; --' }), undefined],
    ['nothing-to-write', () => company(8), undefined],
  ])('%s', async (code, command, column) => {
    const answer = await writer.write(command());
    expect(answer).toMatchObject({ kind: 'refused', code, ...(column ? { column } : {}) });
  });

  it('sees a column that was added a moment ago', async () => {
    await admin.query(`ALTER TABLE ${CURRENT?.schema}.company ADD COLUMN late text`);
    expect(await roundTrip(8, 'late', 'here')).toBe('here');
  });

  it('is unknown-column for a column that was dropped a moment ago', async () => {
    await writer.write(company(8, { values: { late: 'still' } }));
    await admin.query(`ALTER TABLE ${CURRENT?.schema}.company DROP COLUMN late`);
    const answer = await writer.write(company(8, { values: { late: 'x' } }));
    expect(answer).toMatchObject({ kind: 'refused', code: 'unknown-column', column: 'late' });
  });
});

describe('an outage', () => {
  it('is thrown when nobody listens', async () => {
    const lost = openRowWriter({ url: 'postgres://a:b@127.0.0.1:1/none' });
    await expect(lost.write(company(0, { values: { name: 'x' } }))).rejects.toMatchObject({
      name: 'TwentyUnavailable',
    });
    await lost.close();
  });

  it('is thrown when the connection is cut, and the next write goes through', async () => {
    await admin.query('BEGIN');
    await admin.query(
      `SELECT 1 FROM ${CURRENT?.schema}.company WHERE id = '${company(9).recordId}' FOR UPDATE`,
    );
    const answer = expect(writer.write(company(9, { values: { name: 'x' } }))).rejects.toMatchObject({
      name: 'TwentyUnavailable',
    });
    let cut = 0;
    while (cut === 0) {
      const found = await admin.query(
        `SELECT pg_stat_clear_snapshot(), pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE usename = 'sync_writer' AND wait_event_type = 'Lock'`,
      );
      cut = found.rowCount ?? 0;
      await admin.query('SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)');
    }
    await answer;
    await admin.query('ROLLBACK');
    expect((await writer.write(company(9, { values: { name: 'y' } }))).kind).toBe('written');
  });

  it('is thrown with its cure when the grants are missing', async () => {
    await admin.query(`REVOKE UPDATE ON ${CURRENT?.schema}.company FROM sync_writer`);
    const write = writer.write(company(9, { values: { name: 'z' } }));
    await expect(write).rejects.toThrow(/cdc ensure/);
    await admin.query(`GRANT UPDATE ON ${CURRENT?.schema}.company TO sync_writer`);
  });
});
