import { isPastSnapshot } from './connector-answers.ts';

const at = (offset: object) => ({ offsets: [{ offset }] });

test.each([
  ['nothing is written down', { offsets: [] }, false],
  ['Connect is away', null, false],
  ['rows are being read', at({ lsn: 20, snapshot: 'INITIAL', snapshot_completed: false }), false],
  ['a task of before wrote down its position too late', at({ lsn: 9, messageType: 'COMMIT' }), false],
  ['the log goes on', at({ lsn: 20, messageType: 'BEGIN' }), true],
] as const)('whether a snapshot after place 10 is over, when %s', (_, positions, expected) => {
  expect(isPastSnapshot(positions, 10)).toBe(expected);
});
