import type { RecordState } from '@sync/core';
import { NOTHING_KNOWN } from '../../services/conflict-detector/src/brain/state.ts';
import { createWishWatch } from './wish-watch.ts';

const CLOSED = NOTHING_KNOWN;

function asking(basis: string): RecordState {
  const name = { value: 'Ada', source: '1', expected: null, asked: [] };
  const rest = { commandId: 'c', etag: null, itemId: null, changedAt: null, sentAt: 0 };
  return { ...NOTHING_KNOWN, outSharepoint: { ...rest, basis, wishes: { name } } };
}

function violationsOf(states: readonly RecordState[]): number {
  const watch = createWishWatch();
  for (const state of states) watch.note('record', state);
  return watch.vain().length;
}

test('a wish that is opened again and again as it was is vain', () => {
  expect(violationsOf(Array.from({ length: 5 }, () => [asking('7'), CLOSED]).flat())).toBe(1);
});

test('a wish that waits for its answer, and is sent again, is not', () => {
  expect(violationsOf(Array.from({ length: 9 }, () => asking('7')))).toBe(0);
});

test('a wish that has learnt where its side stands is another one', () => {
  expect(violationsOf(Array.from({ length: 5 }, (_, n) => [asking(String(n)), CLOSED]).flat())).toBe(0);
});
