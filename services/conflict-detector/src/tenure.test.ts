import { drop, emit, to, topics } from '@sync/core';
import type { Outcome, RecordState } from '@sync/core';
import { NOTHING_KNOWN } from './brain/state.ts';
import { createTenure } from './tenure.ts';

const state = (ownedSince: number): RecordState => ({ ...NOTHING_KNOWN, ownedSince });

function markOf(outcome: Outcome): unknown {
  return outcome.kind === 'emit'
    ? outcome.stages.flat().map(({ value }) => (value as RecordState).ownedSince)
    : null;
}

const kept = emit([to(topics.records, 'k', NOTHING_KNOWN)]);

test('a state bears the time of its owner', () => {
  const tenure = createTenure();
  tenure.begin([['a', state(5)]], 100);
  expect(markOf(tenure.mark(kept))).toEqual([100]);
  expect(tenure.mark(drop('nothing-new'))).toEqual(drop('nothing-new'));
});

test('an owner whose clock is behind is later all the same', () => {
  const tenure = createTenure();
  tenure.begin([['a', state(500)]], 100);
  expect(markOf(tenure.mark(kept))).toEqual([501]);
});

test('a later owner ends it; itself and those before do not', () => {
  const tenure = createTenure();
  tenure.begin([], 100);
  expect([undefined, state(0), state(100), state(101)].map((one) => tenure.isOver(one))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
