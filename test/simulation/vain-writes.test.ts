import type { SharePointWrite, TwentyWrite, WriteResult } from '@sync/core';
import { createVainWrites } from './vain-writes.ts';

const STALE = { commandId: 'c', kind: 'stale' } as WriteResult;

function toSharePoint(): SharePointWrite {
  return { commandId: 'c' } as SharePointWrite;
}

function toTwenty(expected: string): TwentyWrite {
  return { commandId: 'c', expected: { name: expected }, diedAt: null } as unknown as TwentyWrite;
}

function violationsOf(commands: readonly (SharePointWrite | TwentyWrite)[], isAnswered = true): number {
  const writes = createVainWrites();
  for (const command of commands) {
    writes.command(command);
    if (isAnswered) writes.answer(STALE);
  }
  return writes.violations().length;
}

test('a write that is asked for again and again as it was is vain', () => {
  expect(violationsOf(Array.from({ length: 20 }, toSharePoint))).toBe(1);
});

test('a few repetitions are what takes place when a partition changes hands', () => {
  expect(violationsOf(Array.from({ length: 5 }, toSharePoint))).toBe(0);
});

test('a write that has no answer is sent again', () => {
  expect(violationsOf(Array.from({ length: 20 }, toSharePoint), false)).toBe(0);
});

test('a write that expects another row is another one', () => {
  expect(violationsOf(Array.from({ length: 20 }, (_, n) => toTwenty(String(n))))).toBe(0);
});
