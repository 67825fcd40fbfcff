import { createSchedule } from './schedule.ts';

test('given a list that was never read, then it is due', () => {
  expect(createSchedule().isDue('a', 5000, 0)).toBe(true);
});

test('given a burst while a reading runs, then exactly one more is asked for', () => {
  const schedule = createSchedule();
  expect(schedule.ask('a')).toBe(true);
  schedule.begin('a', 0);
  expect([schedule.ask('a'), schedule.ask('a'), schedule.ask('a')]).toEqual([true, false, false]);
});

test('given a reading that is asked for and has not started, then nobody asks for another', () => {
  const schedule = createSchedule();
  schedule.ask('a');
  expect(schedule.ask('a')).toBe(false);
  expect(schedule.isDue('a', 5000, 99_999)).toBe(false);
  expect(schedule.ask('b')).toBe(true);
});

test.each([
  [4999, false],
  [5000, true],
])('given a reading that began at 0 and a poll of 5 s, then at %i due is %s', (now, due) => {
  const schedule = createSchedule();
  schedule.ask('a');
  schedule.begin('a', 0);
  expect(schedule.isDue('a', 5000, now)).toBe(due);
});

test('given a pause, then the list is not due before its end', () => {
  const schedule = createSchedule();
  schedule.pauseUntil('a', 1000);
  expect([schedule.isDue('a', 1, 999), schedule.isPaused('a', 999)]).toEqual([false, true]);
  expect([schedule.isDue('a', 1, 1000), schedule.isPaused('a', 1000)]).toEqual([true, false]);
});

test('given a rebalance, then a reading that was given up can be asked for again', () => {
  const schedule = createSchedule();
  schedule.ask('a');
  schedule.forget();
  expect(schedule.isDue('a', 5000, 0)).toBe(true);
  expect(schedule.ask('a')).toBe(true);
});
