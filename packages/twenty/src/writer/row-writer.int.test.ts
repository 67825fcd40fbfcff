import { addCustomObject, stableId } from '@sync/twenty-demo';
import type { RowAnswer, RowCommand } from './row-command.ts';
import { openRowWriter } from './row-writer.ts';
import { company, CURRENT, NEW_ID, rowOf, WriterDatabase } from './testing/writer-database.ts';

let database: WriterDatabase;

beforeAll(async () => {
  database = await WriterDatabase.open();
});

afterAll(() => database.close());

describe('an update', () => {
  it('is written while the expected values hold, and stamped as ours', async () => {
    const before = await database.currentLsn();
    const answer = await database.writer.write(
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
    const answer = await database.writer.write(late);
    expect(answer.kind).toBe('moved');
    const updatedAt = rowOf(answer)?.['updatedAt'] ?? null;
    expect((await database.writer.write({ ...late, expected: { updatedAt } })).kind).toBe('written');
    expect((await database.writer.write({ ...late, expected: { updatedAt } })).kind).toBe('moved');
  });

  it('takes the server clock when no time is given', async () => {
    await database.writer.write(company(0, { values: { name: 'Timed' } }));
    expect(await database.stored(0, `now() - "updatedAt" < interval '1 minute'`)).toBe(true);
  });

  it('answers moved with the row that is there, and writes nothing', async () => {
    const answer = await database.writer.write(
      company(1, { values: { name: 'Mine' }, expected: { name: 'Stale' } }),
    );
    expect(answer).toMatchObject({ kind: 'moved', row: { name: 'Brindlewick Dairy' } });
    expect(await database.stored(1, 'name')).toBe('Brindlewick Dairy');
  });

  it('answers moved without a row when the record is gone', async () => {
    const answer = await database.writer.write(company(0, { recordId: NEW_ID, values: { name: 'x' } }));
    expect(answer).toMatchObject({ kind: 'moved', row: null });
    expect(answer.kind === 'moved' && answer.lsn > 0n).toBe(true);
  });

  it('sets and clears deletedAt like any column', async () => {
    const at = '2026-01-02T03:04:05.123Z';
    const gone = await database.writer.write(
      company(2, { values: { deletedAt: at }, expected: { deletedAt: null } }),
    );
    expect(rowOf(gone)?.['deletedAt']).toBe('2026-01-02T03:04:05.123000Z');
    const back = await database.writer.write(
      company(2, { values: { deletedAt: null }, expected: { deletedAt: at } }),
    );
    expect(rowOf(back)?.['deletedAt']).toBeNull();
  });

  it('marks the change with a replication origin', async () => {
    await database.writer.write(company(0, { values: { name: 'Marked' } }));
    const active = await database.admin.query(
      `SELECT external_id FROM pg_replication_origin_status WHERE local_id > 0`,
    );
    expect(active.rows).toContainEqual({ external_id: 'sync_writer_1' });
  });

  it('writes unmarked when every origin is taken', async () => {
    const other = openRowWriter({
      url: database.urlAs('sync_writer'),
      origins: ['sync_writer_1', 'no_such_origin'],
    });
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
    await database.admin.query('BEGIN');
    await database.admin.query(sql);
    const answer = database.writer.write(command);
    await waitUntilBlocked();
    theirLsn = await database.currentLsn();
    await database.admin.query(ending);
    return answer;
  }

  async function waitUntilBlocked(): Promise<void> {
    const found = await database.admin.query(
      `SELECT 1 FROM pg_stat_activity WHERE usename = 'sync_writer' AND wait_event_type = 'Lock'`,
    );
    // Inside a transaction the statistics are a snapshot, unless it is thrown away.
    await database.admin.query('SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)');
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
    expect(await database.stored(5, 'name')).toBe('Theirs');
  });

  it('is waited for: when it rolls back, the write goes through', async () => {
    await database.admin.query(rename());
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
    const answer = await database.writer.write(create());
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
    const answer = await database.writer.write(create({ values: { name: 'Second' } }));
    expect(answer).toMatchObject({ kind: 'moved', row: { id: NEW_ID, name: 'Fresh' } });
  });

  it('leaves a NULL that a column refuses to the default', async () => {
    const recordId = stableId('opportunity', 'new');
    const values = { name: 'Deal', stage: null };
    const answer = await database.writer.write({ ...create({ recordId, values }), table: 'opportunity' });
    expect(rowOf(answer)?.['stage']).toBe('NEW');
  });

  it('names the author where Twenty has no default for it', async () => {
    await addCustomObject(database.admin, { workspaceId: CURRENT?.id ?? '', nameSingular: 'gadget' });
    const answer = await database.writer.write({ ...create(), table: '_gadget' });
    expect(answer).toMatchObject({ kind: 'written', row: { createdByName: 'SharePoint' } });
  });
});
