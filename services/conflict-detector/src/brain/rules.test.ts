/** The rules of the brain, each by the shortest story that goes wrong without it. Numbers are those of docs/SPEC.md. */
import { deleted, inStep, play, sharepoint, twenty, v, written } from './testing/scenario.ts';

const converged = inStep({ f: 'a', g: 'a' });

describe('a converged record', () => {
  test('asks for nothing', () => {
    expect(play(converged).state.outSharepoint).toBeNull();
    expect(play([...converged, ...converged]).asks).toHaveLength(1);
  });

  test('asks for nothing when every change is told again', () => {
    const story = [
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      { to: 'sharepoint', answer: 'written', version: 2 } as const,
    ];
    const replay = [
      twenty(1, { f: 'a', g: 'a' }),
      twenty(2, { f: 'b', g: 'a' }),
      sharepoint(1, { f: 'a', g: 'a' }),
      sharepoint(2, { f: 'b', g: 'a' }),
    ];
    expect(play([...story, ...replay]).asks).toEqual(play(story).asks);
  });
});

describe('an edit on one side', () => {
  test('of Twenty is wished for on the item, on the basis that was seen', () => {
    expect(play([...converged, twenty(2, { f: 'b', g: 'a' })]).asks.at(-1)).toEqual({
      side: 'sharepoint',
      basis: v(1),
      wishes: { f: 'b' },
    });
  });

  test('of the item is wished for in Twenty', () => {
    expect(play([...converged, sharepoint(2, { f: 'b', g: 'a' })]).asks.at(-1)).toEqual({
      side: 'twenty',
      basis: '',
      wishes: { f: 'b' },
    });
  });

  test('that clears a field is wished for as NULL', () => {
    expect(play([...converged, twenty(2, { f: null, g: 'a' })]).asks.at(-1)?.wishes).toEqual({ f: null });
  });

  test('never asks for a TOAST value that was not sent', () => {
    expect(play([...converged, twenty(2, { g: 'b' }, { unchanged: ['f'] })]).asks.at(-1)?.wishes).toEqual({
      g: 'b',
    });
  });
});

describe('edits on both sides', () => {
  test('of different fields are merged without a conflict', () => {
    const told = play([...converged, twenty(2, { f: 'b', g: 'a' }), sharepoint(2, { f: 'a', g: 'c' })]);
    expect(told.asks.slice(-2)).toEqual([
      { side: 'sharepoint', basis: v(1), wishes: { f: 'b' } },
      { side: 'twenty', basis: '', wishes: { g: 'c' } },
    ]);
    expect(told.conflicts).toEqual([]);
  });

  test('of one field to the same value are an agreement', () => {
    const told = play([...converged, twenty(2, { f: 'b', g: 'a' }), sharepoint(2, { f: 'b', g: 'a' })]);
    expect(told.conflicts).toEqual([]);
    expect(told.state.agreed['f']?.value).toBe('b');
  });

  test.each([
    ['lastWriteWins', 100_000, 90_000, 'twenty'],
    ['lastWriteWins', 90_000, 100_000, 'sharepoint'],
    ['lastWriteWins', 100_000, 101_000, 'twenty'],
    ['lastWriteWins', 100_000, null, 'twenty'],
    ['twentyPriority', 90_000, 100_000, 'twenty'],
    ['sharePointPriority', 100_000, 90_000, 'sharepoint'],
    ['manualReview', 100_000, 90_000, 'undecided'],
  ] as const)('%s with times %s and %s: %s wins', (strategy, twentyAt, sharepointAt, winner) => {
    const wait = { to: 'sharepoint', answer: 'stale', version: 3, picture: { f: 'c', g: 'a' } } as const;
    const first = play(
      [
        ...converged,
        twenty(2, { f: 'b', g: 'a' }, { at: twentyAt }),
        sharepoint(3, { f: 'c', g: 'a' }, { at: sharepointAt }),
        wait,
      ],
      { strategy },
    );
    expect(first.conflicts.map((clash) => [clash.field, clash.kind, clash.winner])).toEqual([
      ['f', 'bothEdited', winner],
    ]);
  });

  test('that wait for a person ask for nothing until one of them moves', () => {
    const story = [
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      sharepoint(3, { f: 'c', g: 'a' }),
      { to: 'sharepoint', answer: 'stale', version: 3, picture: { f: 'c', g: 'a' } } as const,
    ];
    const told = play([...story, sharepoint(4, { f: 'c', g: 'b' })], { strategy: 'manualReview' });
    expect(told.state.review['f']).toMatchObject({ base: 'a', twentyValue: 'b', sharepointValue: 'c' });
    expect(told.conflicts).toHaveLength(1);
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { g: 'b' } });
  });
});

describe('B1: registers are versioned per field', () => {
  test('a late answer does not put an old value back', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      sharepoint(3, { f: 'c', g: 'a' }),
      { to: 'sharepoint', answer: 'written', version: 2 },
    ]);
    expect(told.state.sharepoint['f']).toMatchObject({ value: 'c', version: v(3) });
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { f: 'c' } });
  });
});

describe('B2: agreement moves the base, and nothing else does', () => {
  test('an answer to a forgotten wish lifts both registers', () => {
    const orphan = {
      kind: 'answer',
      side: 'sharepoint',
      answer: 'written',
      wishes: [{ field: 'f', value: 'b', source: v(2) }],
      version: v(2),
      picture: null,
      refusals: [],
    } as const;
    const told = play([...converged, orphan]);
    expect(told.asks).toHaveLength(1);
    expect(told.state.twenty['f']).toMatchObject({ value: 'b', version: v(2) });
    expect(told.state.sharepoint['f']).toMatchObject({ value: 'b', version: v(2) });
  });

  test('a proof that is older on one side still tells what the other side held', () => {
    const told = play([
      ...converged,
      twenty(4, { f: 'b', g: 'a' }),
      sharepoint(2, { f: 'b', g: 'a' }),
      { ...written('twenty', [['f', 'b', v(2)]], v(5)) },
      written('sharepoint', [['f', 'b', v(4)]], v(6)),
      sharepoint(5, { f: 'a', g: 'a' }),
    ]);
    expect(told.state.sharepoint['f']).toMatchObject({ value: 'b', version: v(6) });
    expect(told.asks.filter(({ side }) => side === 'twenty')).toEqual([]);
  });

  test('a proof older than the base changes nothing', () => {
    const told = play([...converged, twenty(5, { f: 'b', g: 'a' }), sharepoint(5, { f: 'b', g: 'a' })]);
    const late = {
      kind: 'answer',
      side: 'sharepoint',
      answer: 'written',
      wishes: [{ field: 'f', value: 'x', source: v(2) }],
      version: v(2),
      picture: null,
      refusals: [],
    } as const;
    const after = play([
      ...converged,
      twenty(5, { f: 'b', g: 'a' }),
      sharepoint(5, { f: 'b', g: 'a' }),
      late,
    ]);
    expect(after.state.agreed['f']).toEqual(told.state.agreed['f']);
  });
});

describe('B3: an answer speaks for its fields only', () => {
  test("Twenty's own earlier edit of another field is not taken for old", () => {
    const told = play([
      ...converged,
      sharepoint(2, { f: 'a', g: 'c' }),
      { to: 'twenty', answer: 'written', version: 9 },
      twenty(4, { f: 'b', g: 'a' }),
    ]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(2), wishes: { f: 'b' } });
  });
});

describe('B4: no judgement while in flight', () => {
  test('the second of two edits in SharePoint is no conflict', () => {
    const told = play([
      ...converged,
      sharepoint(2, { f: 'b', g: 'a' }),
      sharepoint(3, { f: 'c', g: 'a' }),
      { to: 'twenty', answer: 'written', version: 5 },
    ]);
    expect(told.conflicts).toEqual([]);
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { f: 'c' } });
  });
});

describe('B4: an agreement that our own write may have overtaken', () => {
  test('is none: an edit that was taken back stands', () => {
    const told = play([
      ...converged,
      sharepoint(2, { f: 'b', g: 'a' }),
      sharepoint(3, { f: 'a', g: 'a' }),
      twenty(2, { f: 'b', g: 'a' }),
      { to: 'twenty', answer: 'written', version: 2 },
    ]);
    expect(told.asks.slice(-2)).toEqual([
      { side: 'twenty', basis: '', wishes: { f: 'b' } },
      { side: 'twenty', basis: '', wishes: { f: 'a' } },
    ]);
  });
});

describe('B5: a newer value replaces an open wish only while the item stands still', () => {
  test('it carries all open wishes and the first basis', () => {
    const told = play([...converged, twenty(2, { f: 'b', g: 'a' }), twenty(3, { f: 'b', g: 'b' })]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(1), wishes: { f: 'b', g: 'b' } });
  });

  test('it waits once the item has moved', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      sharepoint(2, { f: 'c', g: 'a' }),
      twenty(3, { f: 'b', g: 'b' }),
    ]);
    expect(told.asks).toHaveLength(2);
  });
});

describe('B6: a value that we asked for is ours when it turns up', () => {
  test('also when a newer wish replaced it', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      twenty(3, { f: 'c', g: 'a' }),
      { to: 'sharepoint', answer: 'stale', version: 2, picture: { f: 'b', g: 'a' } },
    ]);
    expect(told.conflicts).toEqual([]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(2), wishes: { f: 'c' } });
  });

  test('also when a delete replaced it, and a restore the delete', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      twenty(3, { f: 'c', g: 'a' }),
      deleted('twenty', 4, { f: 'c', g: 'a' }),
      twenty(5, { f: 'c', g: 'a' }),
      { to: 'sharepoint', answer: 'stale', version: 3, picture: { f: 'b', g: 'z' } },
    ]);
    expect(told.conflicts).toEqual([]);
    expect(told.asks.slice(-2)).toEqual([
      { side: 'sharepoint', basis: v(3), wishes: { f: 'c' } },
      { side: 'twenty', basis: '', wishes: { g: 'z' } },
    ]);
  });
});

describe('B7: a version is a basis only when the whole item at that version is known', () => {
  test('a written answer does not become a basis', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      { to: 'sharepoint', answer: 'written', version: 2 },
      twenty(3, { f: 'c', g: 'a' }),
    ]);
    expect(told.asks.at(-1)?.basis).toBe(v(1));
  });

  test('an item that had to be read does', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      { to: 'sharepoint', answer: 'alreadySo', version: 3, picture: { f: 'b', g: 'c' } },
      twenty(3, { f: 'd', g: 'a' }),
    ]);
    expect(told.asks.at(-2)).toEqual({ side: 'twenty', basis: '', wishes: { g: 'c' } });
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(3), wishes: { f: 'd' } });
  });
});

describe('B10: one open command to Twenty, on the values last seen', () => {
  test('a second edit waits for the answer', () => {
    const told = play([...converged, sharepoint(2, { f: 'b', g: 'a' }), sharepoint(3, { f: 'b', g: 'b' })]);
    expect(told.asks.filter((ask) => ask.side === 'twenty')).toHaveLength(1);
    expect(told.state.outTwenty?.wishes['f']?.expected).toBe('a');
  });
});

describe('B14: every command has an answer', () => {
  test('a refused field is left alone until something moves', () => {
    const refusals = [{ field: 'f', code: 'too-long', reason: 'shorten it' }];
    const story = [
      ...converged,
      twenty(2, { f: 'b', g: 'b' }),
      { to: 'sharepoint', answer: 'written', version: 2, refusals } as const,
    ];
    expect(play(story).state.outSharepoint).toBeNull();
    expect(play([...story, { kind: 'look' }]).asks).toHaveLength(2);
    expect(play([...story, twenty(3, { f: 'c', g: 'b' })]).asks.at(-1)?.wishes).toEqual({ f: 'c' });
  });
});

describe('first meeting of two sides that both hold data', () => {
  test('equal values are adopted', () => {
    const told = play([
      twenty(1, { f: 'a', g: 'a' }),
      sharepoint(1, { f: 'a', g: 'a' }),
      { to: 'sharepoint', answer: 'alreadySo', version: 1, picture: { f: 'a', g: 'a' } },
    ]);
    expect(told.conflicts).toEqual([]);
    expect(told.asks).toHaveLength(1);
  });

  test('different values are a conflict with both kept', () => {
    const told = play([
      twenty(1, { f: 'a', g: 'a' }),
      { to: 'sharepoint', answer: 'stale', version: 4, picture: { f: 'z', g: 'a' } },
    ]);
    expect(told.conflicts).toMatchObject([{ field: 'f', kind: 'firstMeeting' }]);
  });
});
