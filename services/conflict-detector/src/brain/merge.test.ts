import { mergeParts } from './merge.ts';
import { VERDICTS } from './policy.ts';
import { F_AND_G, inStep, play, sharepoint, twenty } from './testing/scenario.ts';

const text = (...parts: (string | null)[]): string => JSON.stringify(parts);

test.each([
  ['each side changed another part', text('a', 'b'), text('x', 'b'), text('a', 'y'), text('x', 'y')],
  ['both changed one part: the winner', text('a', 'b'), text('x', 'b'), text('y', 'b'), text('x', 'b')],
  ['one side changed both', text('a', 'b'), text('x', 'y'), text('a', 'b'), text('x', 'y')],
  ['one side cleared all, and wins', text('a', 'b'), null, text('a', 'y'), null],
  ['both cleared a part each', text('a', 'b'), text(null, 'b'), text('a', null), null],
  ['nothing was there before', null, text('x', null), text(null, 'y'), text('x', 'y')],
])('%s', (_, base, ours, theirs, merged) => {
  expect(mergeParts(base, ours, theirs, 'twenty')).toBe(merged);
});

describe('under fieldMerge', () => {
  const [f, g] = F_AND_G;
  if (f === undefined || g === undefined) throw new Error('the scenario has two fields');
  const rules = { strategy: 'fieldMerge', fields: [{ ...f, hasParts: true }, g] } as const;
  const base = inStep({ f: text('street', 'city'), g: 'a' });

  test('two edits of one address become one value on both sides, told with what each held', () => {
    const told = play(
      [
        ...base,
        twenty(2, { f: text('road', 'city'), g: 'a' }),
        { to: 'sharepoint', answer: 'stale', version: 2, picture: { f: text('street', 'town'), g: 'a' } },
        { to: 'twenty', answer: 'written', version: 3 },
      ],
      rules,
    );
    const wishes = { f: text('road', 'town') };
    expect(told.asks.slice(-2)).toMatchObject([
      { side: 'twenty', wishes },
      { side: 'sharepoint', wishes },
    ]);
    expect(told.conflicts.at(-1)).toMatchObject({ rule: 'fieldMerge/parts', winner: 'merged' });
  });

  test('a value without parts is settled by the times', () => {
    const inTwenty = twenty(2, { f: null, g: 'b' }, { at: 1 });
    const onItem = sharepoint(2, { f: null, g: 'c' }, { at: 10_000 });
    const told = play(
      [...inStep({ f: null, g: 'a' }), inTwenty, onItem, { to: 'sharepoint', answer: 'stale' }],
      rules,
    );
    expect(told.conflicts).toMatchObject([
      { field: 'g', winner: 'sharepoint', rule: 'fieldMerge/sharepointLater' },
    ]);
  });
});

test('every strategy has a verdict for every evidence', () => {
  const verdicts = Object.entries(VERDICTS).map(([name, row]) => [name, Object.keys(row).sort()]);
  expect(verdicts).toEqual(
    ['lastWriteWins', 'manualReview', 'twentyPriority', 'sharePointPriority', 'fieldMerge'].map((name) => [
      name,
      ['sharepointLater', 'twentyLater', 'unclear'],
    ]),
  );
});
