import type { Change } from './history/change.ts';
import { percentile, recoveryTimes } from './recovery.ts';

const beat = (
  side: Change['side'],
  by: Change['by'],
  record: string,
  value: string | null,
  at: number,
): Change => ({
  side,
  by,
  record,
  field: 'employees',
  value,
  seq: at,
  at,
});
const strike = (healed: number) => ({ kind: 'x', target: 'y', from: 0, healed });

const BEATS = [
  beat('twenty', 'user', 'a', '1', 90),
  beat('twenty', 'user', 'a', '2', 110),
  beat('sharepoint', 'user', 'b', '3', 120),
  beat('sharepoint', 'sync', 'a', '2', 150),
  beat('twenty', 'sync', 'b', '3', 190),
];

test('it is over when a change made after it has arrived in both directions', () => {
  expect(recoveryTimes([strike(100)], BEATS)).toEqual([90]);
});

test('a value that was skipped for a younger one does not count as lost', () => {
  expect(recoveryTimes([strike(80)], BEATS)).toEqual([110]);
});

test('what never travelled again has no time', () =>
  expect(recoveryTimes([strike(115)], BEATS)).toEqual([null]));

test('a blank, which is like every other blank, tells nothing', () => {
  const blanks = [beat('twenty', 'user', 'a', null, 105), beat('sharepoint', 'sync', 'a', null, 900)];
  expect(recoveryTimes([strike(100)], [...BEATS, ...blanks])).toEqual([90]);
});

test('percentiles', () => {
  expect([percentile([5, 1, 3], 0.5), percentile([5, 1, 3], 0.95), percentile([], 0.5)]).toEqual([3, 5, 0]);
});
