import { NOW_ISO, born, command, dead, jobOf, wish } from './testing/fixtures.ts';
import { plan } from './plan.ts';

describe('plan', () => {
  test('updates the wished columns if they hold what was last seen and the row is alive (B10)', () => {
    expect(plan(jobOf(command()))).toEqual({
      do: 'update',
      values: { name: 'Birch' },
      expected: { name: 'Acorn', deletedAt: null },
    });
  });

  test('compares and sets all columns of a group', () => {
    const revenue = { annualRevenue: '["1.5","EUR"]' };
    const step = plan(jobOf(command({ wishes: [wish('annualRevenue', null)], expected: revenue })));
    expect(step).toEqual({
      do: 'update',
      values: { annualRevenueAmountMicros: null, annualRevenueCurrencyCode: null },
      expected: { annualRevenueAmountMicros: '1500000', annualRevenueCurrencyCode: 'EUR', deletedAt: null },
    });
  });

  test('inserts a record that was never seen, with every wish', () => {
    const step = plan(
      jobOf(
        command({
          wishes: [born, wish('name', 'Birch'), wish('employees', '12')],
          expected: {},
          exists: false,
        }),
      ),
    );
    expect(step).toEqual({ do: 'insert', values: { name: 'Birch', employees: 12 } });
  });

  test('deletes softly, only if the row is alive and as it was seen, and writes no field of it', () => {
    const step = plan(jobOf(command({ wishes: [dead, wish('name', 'Birch')] })));
    const expected = { name: 'Acorn', deletedAt: null };
    expect(step).toEqual({ do: 'update', values: { deletedAt: NOW_ISO }, expected });
  });

  test('restores a row that was seen, together with its fields', () => {
    const step = plan(jobOf(command({ wishes: [born, wish('name', 'Birch')] })));
    expect(step).toEqual({
      do: 'update',
      values: { deletedAt: null, name: 'Birch' },
      expected: { name: 'Acorn' },
    });
  });

  test('takes back the very delete that was seen, and no later one (B10)', () => {
    const diedAt = '2026-03-01T09:00:00.000001Z';
    const step = plan(jobOf(command({ wishes: [born], expected: {}, diedAt })));
    expect(step).toEqual({ do: 'update', values: { deletedAt: null }, expected: { deletedAt: diedAt } });
  });

  test('only reads when a wish is older than what it wrote itself (B12)', () => {
    expect(plan(jobOf(command(), { name: 's2' }))).toEqual({ do: 'read' });
  });

  test('writes a decided value, which comes from no version of the item, over what it wrote itself', () => {
    const decided = command({ wishes: [wish('name', 'Birch', '')] });
    expect(plan(jobOf(decided, { name: 's2' })).do).toBe('update');
  });

  test('writes a wish as old as what it wrote itself', () => {
    expect(plan(jobOf(command(), { name: 's1' })).do).toBe('update');
  });
});

describe('wishes that cannot stand in the row', () => {
  test.each([
    ['of another mapping', wish('colour', 'red'), 'no-such-field'],
    ['without columns in this workspace', wish('address', '["a",null,null,null,null,null]'), 'no-such-field'],
    ['that only Twenty decides', wish('identity', 'x'), 'read-only'],
    ['outside the options of the column', wish('industry', 'PAPER'), 'no-such-option'],
    ['that the codec refuses', wish('annualRevenue', '["1","euro"]'), 'not-a-currency'],
  ])('%s are refused', (_, wished, code) => {
    const job = jobOf(command({ wishes: [wished] }));
    expect(job.refusals).toEqual([{ field: wished.field, code, reason: expect.any(String) as unknown }]);
    expect(plan(job)).toMatchObject({ do: 'answer', answer: { kind: 'refused', wishes: [wished] } });
  });

  test('are left out while the others are written', () => {
    const job = jobOf(command({ wishes: [wish('industry', 'PAPER'), wish('name', 'Birch')] }));
    expect(plan(job)).toMatchObject({ do: 'update', values: { name: 'Birch' } });
    expect(job.refusals[0]?.reason).toContain('WOOD, STONE');
  });
});
