import { learn } from './answer.ts';
import { born, command, dead, jobOf, row, version, walk, wish } from './testing/fixtures.ts';
import type { Row, Seen } from './job.ts';

const moved = (given: Row | null, lsn = 9n): Seen => ({ saw: 'row', lsn, row: given });
const refused = (code: string, where: { column?: string; constraint?: string } = {}): Seen => ({
  saw: 'refused',
  code,
  ...where,
});

describe('an update', () => {
  test('is written, at a version after every change of that stretch of the log', () => {
    const { step, turn } = walk(jobOf(command()), [{ saw: 'written', lsn: 9n, row: row({ name: 'Birch' }) }]);
    expect(step).toEqual({
      do: 'answer',
      answer: { kind: 'written', wishes: [wish('name', 'Birch')], version: version(9n), picture: null },
    });
    expect(turn.job.attempts).toBe(1);
  });

  test('of a row that holds the wish is already so, with the whole picture (B7)', () => {
    const { step } = walk(jobOf(command()), [moved(row({ name: 'Birch', employees: 3 }))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: {
        kind: 'alreadySo',
        version: version(9n),
        picture: {
          exists: true,
          version: version(9n),
          values: { name: 'Birch', employees: '3', domainName: null },
        },
      },
    });
  });

  test('of a row that moved is stale and overwrites nothing (B10)', () => {
    const { step } = walk(jobOf(command()), [moved(row({ name: 'Cedar' }))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', version: '', picture: { values: { name: 'Cedar' } } },
    });
  });

  test('of the life of a row that moved is stale and buries nothing (B11)', () => {
    const { step } = walk(jobOf(command({ wishes: [dead] })), [moved(row({ name: 'Cedar' }))]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', picture: { exists: true, values: { name: 'Cedar' } } },
    });
  });

  test('of a row that was deleted again is stale: the later delete was not seen (I5)', () => {
    const job = jobOf(command({ wishes: [born], expected: {}, diedAt: '2026-03-01T09:00:00.000001Z' }));
    const { step } = walk(job, [moved(row({ deletedAt: '2026-03-01T09:30:00.000001Z' }))]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'stale', picture: { exists: false } } });
  });

  test('of a row that is gone is stale', () => {
    const { step } = walk(jobOf(command()), [moved(null)]);
    expect(step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale', picture: { exists: false, version: version(9n), values: {} } },
    });
  });

  test('of a row that was soft-deleted is stale', () => {
    const { step } = walk(jobOf(command()), [moved(row({ deletedAt: '2026-03-01T00:00:00.000000Z' }))]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'stale', picture: { exists: false } } });
  });

  test('of a row that was updated by a clock ahead of ours compares when that was', () => {
    const updatedAt = '2026-03-02T12:00:05.000000Z';
    const { requests } = walk(jobOf(command()), [moved(row({ updatedAt })), moved(row({ name: 'Cedar' }))]);
    expect(requests[1]).toMatchObject({
      do: 'update',
      expected: { name: 'Acorn', deletedAt: null, updatedAt },
    });
  });

  test('of a row that is finer than its canonical value compares the exact columns once', () => {
    const fine = command({
      wishes: [wish('domainName', 'https://birch.example')],
      expected: { domainName: 'https://acorn.example' },
    });
    const { requests, step } = walk(jobOf(fine), [
      moved(row({ domainNamePrimaryLinkUrl: 'HTTPS://Acorn.example/' })),
      moved(row({ domainNamePrimaryLinkUrl: 'https://acorn.example/' })),
    ]);
    expect(requests[1]).toMatchObject({
      do: 'update',
      values: { domainNamePrimaryLinkUrl: 'https://birch.example' },
      expected: { domainNamePrimaryLinkUrl: 'HTTPS://Acorn.example/', deletedAt: null },
    });
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'stale' } });
  });

  test('shows no field that only Twenty decides, but the identity', () => {
    const { step } = walk(jobOf(command()), [moved(row({ name: 'Cedar' }))]);
    expect(step.do === 'answer' && Object.keys(step.answer.picture?.values ?? {}).sort()).toEqual([
      'annualRevenue',
      'domainName',
      'employees',
      'identity',
      'industry',
      'name',
    ]);
  });
});

describe('existence', () => {
  test('an insert of a row that is there with the same values is already so', () => {
    const birth = command({ wishes: [born, wish('name', 'Birch')], expected: {}, exists: false });
    expect(walk(jobOf(birth), [moved(row({ name: 'Birch' }))]).step).toMatchObject({
      do: 'answer',
      answer: { kind: 'alreadySo' },
    });
    expect(walk(jobOf(birth), [moved(row({ name: 'Cedar' }))]).step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale' },
    });
  });

  test('a soft delete of a row that is gone is already so', () => {
    const { step } = walk(jobOf(command({ wishes: [dead] })), [moved(null)]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'alreadySo', picture: { exists: false } } });
  });

  test('a restore of a row that is gone for good makes it anew; stale would ask for it for ever', () => {
    const { step } = walk(jobOf(command({ wishes: [born, wish('name', 'Birch')] })), [moved(null)]);
    expect(step).toEqual({ do: 'insert', values: { name: 'Birch' } });
  });

  test('a restore of a row that is still deleted compares the exact columns', () => {
    const deletedAt = '2026-03-01T00:00:00.000000Z';
    const { step } = walk(jobOf(command({ wishes: [born, wish('name', 'Birch')] })), [
      moved(row({ deletedAt })),
    ]);
    expect(step).toMatchObject({
      do: 'update',
      values: { deletedAt: null, name: 'Birch' },
      expected: { name: 'Acorn' },
    });
  });
});

describe('a refusal', () => {
  const both = command({
    wishes: [wish('name', 'Birch'), wish('domainName', 'https://birch.example')],
    expected: { name: 'Acorn', domainName: null },
  });

  test('is laid to the field that owns the column; the rest is tried without it', () => {
    const { requests, step, turn } = walk(jobOf(both), [
      refused('23505', { column: 'domainNamePrimaryLinkUrl' }),
      { saw: 'written', lsn: 9n, row: row() },
    ]);
    expect(requests[1]).toMatchObject({
      do: 'update',
      values: { name: 'Birch' },
      expected: { name: 'Acorn', deletedAt: null },
    });
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'written', wishes: [{ field: 'name' }] } });
    expect(turn.job.refusals).toEqual([
      {
        field: 'domainName',
        code: 'unique-violation',
        reason: expect.stringContaining('possibly a deleted one') as unknown,
      },
    ]);
  });

  test('is laid to the field whose column the constraint names', () => {
    const { turn } = walk(jobOf(both), [refused('23514', { constraint: 'check_name' })]);
    expect(turn.job.refusals.map(({ field, code }) => [field, code])).toEqual([
      ['name', 'value-not-allowed'],
    ]);
  });

  test('is laid to all fields when it says nothing', () => {
    const { step, turn } = walk(jobOf(both), [refused('22P02')]);
    expect(step).toMatchObject({ do: 'answer', answer: { kind: 'refused', wishes: both.wishes } });
    expect(turn.job.refusals.map(({ field, code }) => [field, code])).toEqual([
      ['name', 'invalid-value'],
      ['domainName', 'invalid-value'],
    ]);
  });

  test('of an unknown kind names the state and no value', () => {
    const { turn } = walk(jobOf(command()), [refused('22999')]);
    expect(turn.job.refusals).toEqual([
      { field: 'name', code: 'refused-by-twenty', reason: 'PostgreSQL does not take the value (22999)' },
    ]);
  });
});

describe('an outdated command', () => {
  test('is answered by what stands there (B12)', () => {
    const job = jobOf(command(), { name: 's2' });
    expect(walk(job, [moved(row({ name: 'Acorn' }))]).step).toMatchObject({
      do: 'answer',
      answer: { kind: 'stale' },
    });
    expect(walk(job, [moved(row({ name: 'Birch' }))]).step).toMatchObject({
      do: 'answer',
      answer: { kind: 'alreadySo' },
    });
  });
});

describe('learn', () => {
  test('remembers the sources of what was written, and never an older one', () => {
    const job = jobOf(command(), { name: 's0', industry: 's5' });
    const { step } = walk(job, [{ saw: 'written', lsn: 9n, row: row() }]);
    expect(step.do === 'answer' && learn(job, step.answer)).toEqual({ name: 's1', industry: 's5' });
    const outdated = jobOf(command(), { name: 's2' });
    const late = walk(outdated, [moved(row({ name: 'Birch' }))]).step;
    expect(late.do === 'answer' && learn(outdated, late.answer)).toEqual({ name: 's2' });
  });

  test('remembers nothing of a stale answer', () => {
    const job = jobOf(command());
    const { step } = walk(job, [moved(row({ name: 'Cedar' }))]);
    expect(step.do === 'answer' && learn(job, step.answer)).toEqual({});
  });
});
