import { stableId } from '@sync/twenty-demo';
import type { RowCommand } from './row-command.ts';
import { openRowWriter } from './row-writer.ts';
import { company, CURRENT, NEW_ID, WriterDatabase } from './testing/writer-database.ts';

let database: WriterDatabase;

beforeAll(async () => {
  database = await WriterDatabase.open();
});

afterAll(() => database.close());

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
    const answer = await database.writer.write(command());
    expect(answer).toMatchObject({ kind: 'refused', code, ...(column ? { column } : {}) });
  });

  it('sees a column that was added a moment ago', async () => {
    await database.admin.query(`ALTER TABLE ${CURRENT?.schema}.company ADD COLUMN late text`);
    expect(await database.roundTrip(8, 'late', 'here')).toBe('here');
  });

  it('is unknown-column for a column that was dropped a moment ago', async () => {
    await database.writer.write(company(8, { values: { late: 'still' } }));
    await database.admin.query(`ALTER TABLE ${CURRENT?.schema}.company DROP COLUMN late`);
    const answer = await database.writer.write(company(8, { values: { late: 'x' } }));
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
    await database.admin.query('BEGIN');
    await database.admin.query(
      `SELECT 1 FROM ${CURRENT?.schema}.company WHERE id = '${company(9).recordId}' FOR UPDATE`,
    );
    const answer = expect(database.writer.write(company(9, { values: { name: 'x' } }))).rejects.toMatchObject(
      {
        name: 'TwentyUnavailable',
      },
    );
    let cut = 0;
    while (cut === 0) {
      const found = await database.admin.query(
        `SELECT pg_stat_clear_snapshot(), pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE usename = 'sync_writer' AND wait_event_type = 'Lock'`,
      );
      cut = found.rowCount ?? 0;
      await database.admin.query('SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)');
    }
    await answer;
    await database.admin.query('ROLLBACK');
    expect((await database.writer.write(company(9, { values: { name: 'y' } }))).kind).toBe('written');
  });

  it('is thrown with its cure when the grants are missing', async () => {
    await database.admin.query(`REVOKE UPDATE ON ${CURRENT?.schema}.company FROM sync_writer`);
    const write = database.writer.write(company(9, { values: { name: 'z' } }));
    await expect(write).rejects.toThrow(/cdc ensure/);
    await database.admin.query(`GRANT UPDATE ON ${CURRENT?.schema}.company TO sync_writer`);
  });
});
