import { dueAt } from './pace.ts';

test('clear weather holds nothing back', () => expect(dueAt({ kind: 'clear' }, 0, 100, 10)).toBe(100));

test('nothing overtakes what went before, though the weather has cleared', () => {
  expect(dueAt({ kind: 'clear' }, 500, 100, 10)).toBe(500);
});

test('latency shifts, it does not add up', () => {
  expect(dueAt({ kind: 'latency', ms: 50 }, 120, 100, 10)).toBe(150);
});

test('a slow line takes time per byte, one chunk after the other', () => {
  expect(dueAt({ kind: 'slow', bytesPerSecond: 1_000 }, 200, 100, 50)).toBe(250);
});
