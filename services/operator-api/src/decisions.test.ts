import type { Conflict, RecordState, Review } from '@sync/core';
import { decisionFor, openQuestions, restoreOf } from './decisions.ts';

const IDS = { workspaceId: 'w', object: 'company', recordId: 'r' };
const REVIEW: Review = {
  ...{ base: 'a', twentyValue: 'b', sharepointValue: 'c', twentyVersion: '2', sharepointVersion: '3' },
  ...{ kind: 'bothEdited', choice: null, value: null },
};

function stateWith(review: Record<string, Review>, twenty = 'b'): RecordState {
  return {
    twenty: { name: { value: twenty, version: '2', at: null } },
    sharepoint: { name: { value: 'c', version: '3', at: null } },
    ...{
      top: null,
      diedAt: null,
      agreed: {},
      outTwenty: null,
      outSharepoint: null,
      parked: {},
      turns: {},
      decided: {},
      ownedSince: 0,
    },
    review,
  };
}

test.each([
  ['an open question is listed', stateWith({ name: REVIEW }), 1],
  ['a decided one is not', stateWith({ name: { ...REVIEW, choice: 'twenty' } }), 0],
  ['one that a side has moved away from is not', stateWith({ name: REVIEW }, 'z'), 0],
])('%s', (_, state, count) => {
  expect(openQuestions(IDS, state)).toHaveLength(count);
});

test('a decision carries what both sides held', () => {
  const [question] = openQuestions(IDS, stateWith({ name: REVIEW }));
  if (question === undefined) throw new Error('there is a question');
  expect(decisionFor(question, { choice: 'value', value: null }, 7)).toEqual({
    ...{ ...IDS, field: 'name', kind: 'bothEdited', choice: 'value', value: null, decidedAt: 7 },
    ...{ twentyValue: 'b', sharepointValue: 'c', twentyVersion: '2', sharepointVersion: '3' },
  });
});

const conflict = { ...IDS, field: 'name', twentyValue: 'b', sharepointValue: 'c' } as Conflict;

test.each([
  ['twenty', 'c'],
  ['sharepoint', 'b'],
] as const)('where %s won, the other value is put back, decided on what stands now', (winner, value) => {
  expect(restoreOf({ ...conflict, winner }, stateWith({}, 'x'), 7)).toMatchObject({
    ...{ kind: 'restored', choice: 'value', value, twentyValue: 'x', sharepointValue: 'c' },
  });
});

test.each(['undecided', 'merged'] as const)(
  'where the winner is %s, a sentence says what to do',
  (winner) => {
    expect(restoreOf({ ...conflict, winner }, stateWith({}), 7)).toMatch(/conflicts resolve/);
  },
);
