import { createAgenda } from './agenda.ts';

test('what was never looked at is due', () => {
  expect(createAgenda().isDue('ws|company', 0)).toBe(true);
});

test.each([
  [999, false],
  [1000, true],
])('what was put off until 1000 is due at %i: %s', (now, due) => {
  const agenda = createAgenda();
  agenda.putOff('ws|company', 1000);
  expect(agenda.isDue('ws|company', now)).toBe(due);
});

test('hurry makes the things of one workspace due, and no others', () => {
  const agenda = createAgenda();
  agenda.putOff('a|company', 1000);
  agenda.putOff('b|company', 1000);
  agenda.hurry('a|');
  expect([agenda.isDue('a|company', 0), agenda.isDue('b|company', 0)]).toEqual([true, false]);
});
