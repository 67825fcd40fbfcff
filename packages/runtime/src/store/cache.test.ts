import { OLDEST_CHECKPOINT_MS, usable } from './cache.ts';

describe('usable', () => {
  const bounds = { start: 10n, end: 100n };

  it.each([
    ['a checkpoint within the log', 50n, 0, true],
    ['a checkpoint at the end', 100n, 0, true],
    ['an end before the checkpoint: another log', 101n, 0, false],
    ['a start after the checkpoint: a gap', 9n, 0, false],
    ['a checkpoint older than the tombstones', 50n, OLDEST_CHECKPOINT_MS + 1, false],
  ])('judges %s', (_, next, age, expected) => {
    expect(usable({ next, savedAt: 1_000 }, bounds, 1_000 + age)).toBe(expected);
  });
});
