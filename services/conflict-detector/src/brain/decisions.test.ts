/** What people decide: a decision counts once, on what the person saw, and reaches both sides. */
import { ALIVE } from '@sync/core';
import type { Input } from './input.ts';
import { deleted, inStep, play, sharepoint, twenty, v } from './testing/scenario.ts';
import type { Rules } from './testing/scenario.ts';

const REVIEW: Rules = { strategy: 'manualReview' };
const asked = [
  ...inStep({ f: 'a', g: 'a' }),
  twenty(2, { f: 'b', g: 'a' }),
  { to: 'sharepoint', answer: 'stale', version: 2, picture: { f: 'c', g: 'a' } } as const,
];

type Resolution = Extract<Input, { kind: 'resolution' }>;

/** A decision on field f, made by someone who saw b in Twenty and c on the item. */
function decide(choice: Resolution['choice'], more: Partial<Resolution> = {}): Resolution {
  return {
    kind: 'resolution',
    field: 'f',
    conflict: 'bothEdited',
    choice,
    value: null,
    twentyValue: 'b',
    sharepointValue: 'c',
    decidedAt: 1000,
    ...more,
  };
}

test('a question is asked once, with what both sides hold, and nothing is written', () => {
  const told = play([...asked, { kind: 'look' }], REVIEW);
  expect(told.conflicts).toMatchObject([{ field: 'f', kind: 'bothEdited', winner: 'undecided' }]);
  expect(told.state.review['f']).toMatchObject({
    base: 'a',
    twentyValue: 'b',
    sharepointValue: 'c',
    choice: null,
  });
  expect(told.asks).toEqual(play(asked.slice(0, -1)).asks);
});

test.each([
  ['twenty', { side: 'sharepoint', basis: v(2), wishes: { f: 'b' } }],
  ['sharepoint', { side: 'twenty', basis: '', wishes: { f: 'c' } }],
] as const)('for the value of %s: the other side is asked to follow', (choice, ask) => {
  const told = play([...asked, decide(choice)], REVIEW);
  expect(told.asks.at(-1)).toEqual(ask);
  expect(told.conflicts.at(-1)).toMatchObject({
    strategy: 'person',
    rule: `person/${choice}`,
    winner: choice,
  });
});

describe('for a value of its own', () => {
  const decided = [...asked, decide('value', { value: 'd' })];
  const inTwenty = { to: 'twenty', answer: 'written', version: 3 } as const;
  const onItem = { to: 'sharepoint', answer: 'written', version: 3 } as const;

  test('Twenty is asked first, then the item, and the question is over', () => {
    expect(play(decided, REVIEW).asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { f: 'd' } });
    const half = play([...decided, inTwenty], REVIEW);
    expect(half.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(2), wishes: { f: 'd' } });
    const whole = play([...decided, inTwenty, onItem], REVIEW);
    expect(whole.state.review).toEqual({});
    expect(whole.state.agreed['f']?.value).toBe('d');
  });

  test('both losing values are told', () => {
    expect(play(decided, REVIEW).conflicts.at(-1)).toMatchObject({ rule: 'person/value', winner: 'merged' });
  });

  test('an edit of the item that the person did not see opens the question again', () => {
    const moved = { to: 'sharepoint', answer: 'stale', version: 3, picture: { f: 'e', g: 'a' } } as const;
    const told = play([...decided, inTwenty, moved], REVIEW);
    expect(told.state.review['f']).toMatchObject({ twentyValue: 'd', sharepointValue: 'e', choice: null });
    expect(told.conflicts.at(-1)).toMatchObject({ field: 'f', winner: 'undecided' });
  });
});

test('a decision on what no longer stands changes nothing: the newer question is open', () => {
  const told = play([...asked, sharepoint(3, { f: 'e', g: 'a' }), decide('twenty')], REVIEW);
  expect(told.state.review['f']).toMatchObject({ sharepointValue: 'e', choice: null });
  expect(told.asks).toEqual(play(asked, REVIEW).asks);
});

test('an edit of another field leaves a decision good', () => {
  const told = play([...asked, sharepoint(3, { f: 'c', g: 'z' }), decide('twenty')], REVIEW);
  expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(3), wishes: { f: 'b' } });
});

test('a decision told again counts once', () => {
  const twice = play([...asked, decide('twenty'), decide('twenty')], REVIEW);
  expect(twice).toEqual(play([...asked, decide('twenty')], REVIEW));
});

test('of two decisions on one question the first counts', () => {
  const first = [...asked, decide('value', { value: 'd' })];
  const both = play([...first, decide('twenty', { decidedAt: 1001 })], REVIEW);
  expect(both).toEqual(play(first, REVIEW));
});

test('a second decision counts when the first was refused', () => {
  const refusals = [{ field: 'f', code: '23505', reason: 'taken' }];
  const told = play(
    [
      ...asked,
      decide('value', { value: 'd' }),
      { to: 'twenty', answer: 'refused', refusals },
      decide('twenty', { decidedAt: 1001 }),
    ],
    REVIEW,
  );
  expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(2), wishes: { f: 'b' } });
});

describe('a delete', () => {
  const row = deleted('twenty', 3, { f: 'b', g: 'a' });
  const item = { to: 'sharepoint', answer: 'written', version: 3 } as const;

  test.each([
    ['before a decision on a field', [...asked, row, decide('twenty'), item]],
    [
      'after it',
      [...asked, decide('value', { value: 'd' }), row, { to: 'twenty', answer: 'stale' } as const, item],
    ],
  ])('%s is not undone by it, and ends the question', (_, steps) => {
    const told = play(steps, REVIEW);
    expect(told.asks.at(-1)).toMatchObject({ side: 'sharepoint', wishes: { [ALIVE]: 'false' } });
    expect(told.state.review).toEqual({});
  });
});

describe('a kept value put back', () => {
  const settled = [
    ...inStep({ f: 'a', g: 'a' }),
    twenty(2, { f: 'b', g: 'a' }),
    { to: 'sharepoint', answer: 'written', version: 2 } as const,
  ];
  const restore = decide('value', { conflict: 'restored', value: 'c', sharepointValue: 'b' });

  test('goes to both sides though they agree', () => {
    const told = play([...settled, restore, { to: 'twenty', answer: 'written', version: 3 }]);
    expect(told.asks.slice(-2)).toEqual([
      { side: 'twenty', basis: '', wishes: { f: 'c' } },
      { side: 'sharepoint', basis: v(1), wishes: { f: 'c' } },
    ]);
    expect(told.conflicts).toMatchObject([{ kind: 'restored', winner: 'merged' }]);
  });

  test('is not put back once more when the decision is told again later', () => {
    const done = [
      ...settled,
      restore,
      { to: 'twenty', answer: 'written', version: 3 } as const,
      { to: 'sharepoint', answer: 'written', version: 3 } as const,
      twenty(4, { f: 'b', g: 'a' }),
      { to: 'sharepoint', answer: 'written', version: 4 } as const,
    ];
    expect(play([...done, restore]).asks).toEqual(play(done).asks);
  });

  test('while our own write of the other value is still under way goes through when that has landed', () => {
    const onItsWay = [...inStep({ f: 'a', g: 'a' }), sharepoint(2, { f: 'c', g: 'a' })];
    const over = decide('value', { conflict: 'restored', value: 'b', twentyValue: 'a' });
    const told = play([...onItsWay, over, { to: 'twenty', answer: 'written', version: 2 }]);
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { f: 'b' } });
    const seen = play([...onItsWay, over, twenty(2, { f: 'c', g: 'a' })]);
    expect(seen.state.review['f']).toMatchObject({ twentyValue: 'c', choice: 'value', value: 'b' });
  });

  test('does not mind the late answer to a write that the side has left behind', () => {
    const moved = [
      ...inStep({ f: 'a', g: 'a' }),
      twenty(2, { f: 'b', g: 'a' }),
      sharepoint(3, { f: 'c', g: 'a' }),
      decide('value', { conflict: 'restored', value: 'd' }),
      { to: 'sharepoint', answer: 'written', version: 2 } as const,
    ];
    expect(play(moved).asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { f: 'd' } });
  });

  test('is over for good once a side has moved, also when it comes back to what it held', () => {
    const away = [...settled, restore, twenty(3, { f: 'x', g: 'a' })];
    expect(play(away).state.review).toEqual({});
    const back = play([...away, twenty(4, { f: 'b', g: 'a' })]);
    expect(back.asks).toEqual(play(away).asks);
  });

  const dead = [
    ...settled,
    deleted('twenty', 3, { f: 'b', g: 'a' }),
    { to: 'sharepoint', answer: 'written', version: 3 } as const,
  ];

  test('of a dead record brings it back to life with the value', () => {
    const told = play([...dead, restore]);
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { [ALIVE]: 'true', f: 'c' } });
  });

  test('of a dead record brings it back also if both sides held that value when it died', () => {
    const same = { ...restore, value: 'b', twentyValue: 'b', sharepointValue: 'b' };
    expect(play([...dead, same]).asks.at(-1)?.wishes).toEqual({ [ALIVE]: 'true', f: 'b' });
  });

  test('does not mind a delete that we had asked for ourselves, told after the row came back', () => {
    const back = [...settled, deleted('twenty', 3, { f: 'b', g: 'a' }), twenty(4, { f: 'b', g: 'a' })];
    const told = play([...back, restore, deleted('sharepoint', 3)]);
    expect(told.state.review['f']).toMatchObject({ choice: 'value', value: 'c' });
  });

  test.each([
    ['the row that it has brought back', 'sharepoint', [deleted('twenty', 5, { f: 'c', g: 'a' })]],
    [
      'the item that was made for it, before we heard of that item',
      'twenty',
      [deleted('sharepoint', 5), { to: 'sharepoint', answer: 'written', version: 4 } as const],
    ],
  ] as const)('ends with a delete of %s', (_, side, gone) => {
    const told = play([...dead, restore, { to: 'twenty', answer: 'written', version: 4 }, ...gone]);
    expect(told.state.review).toEqual({});
    expect(told.asks.at(-1)).toMatchObject({ side, wishes: { [ALIVE]: 'false' } });
  });

  test('of a row that is gone for good is given up', () => {
    const told = play([
      ...dead,
      restore,
      { to: 'twenty', answer: 'stale', version: 4, picture: { [ALIVE]: 'false' } },
    ]);
    expect(told.state.review).toEqual({});
    expect(told.asks).toEqual(play([...dead, restore]).asks);
  });
});

describe('a decision on existence', () => {
  const question = [...inStep({ f: 'a', g: 'a' }), deleted('twenty', 2, { f: 'a', g: 'a' })];
  const held = { ...REVIEW, tripped: 'massDelete' } as const;
  const about = {
    field: ALIVE,
    conflict: 'massDelete',
    twentyValue: 'false',
    sharepointValue: 'true',
  } as const;

  test('for the delete carries it out', () => {
    const told = play([...question, decide('twenty', about)], held);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(1), wishes: { [ALIVE]: 'false' } });
  });

  test('against the delete brings the row back', () => {
    const told = play([...question, decide('sharepoint', about)], held);
    expect(told.asks.at(-1)?.side).toBe('twenty');
    expect(told.asks.at(-1)?.wishes).toMatchObject({ [ALIVE]: 'true' });
  });
});
