import { reconcile } from './reconcile.ts';

const LIMITS = { atLeast: 25, percent: 20 };
const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i + 1));
const without = (known: readonly string[], missing: number): Set<string> => new Set(known.slice(missing));

test('given all known items, when they were all seen, then none is gone', () => {
  expect(reconcile(['1', '2'], new Set(['1', '2', '3']), LIMITS)).toEqual({ kind: 'gone', itemIds: [] });
});

test('given a known item, when it was not seen, then it is gone', () => {
  expect(reconcile(['1', '2'], new Set(['2']), LIMITS)).toEqual({ kind: 'gone', itemIds: ['1'] });
});

test('given nothing known, when nothing was seen, then nothing is gone', () => {
  expect(reconcile([], new Set(), LIMITS)).toEqual({ kind: 'gone', itemIds: [] });
});

test.each([
  ['a small list, at the limit', 25, 25, 'gone'],
  ['a small list, above it', 26, 26, 'held'],
  ['a large list, at 20 %', 1000, 200, 'gone'],
  ['a large list, above it', 1000, 201, 'held'],
])('%s: of %i known, %i missing', (_what, count, missing, kind) => {
  const known = ids(count);
  expect(reconcile(known, without(known, missing), LIMITS).kind).toBe(kind);
});

test('given too many missing, then it says how many', () => {
  expect(reconcile(ids(100), new Set(), LIMITS)).toEqual({ kind: 'held', missing: 100, known: 100 });
});
