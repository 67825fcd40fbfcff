/** The rules of the brain, each by the shortest story that goes wrong without it. Numbers are those of docs/SPEC.md. */
import { ALIVE } from '@sync/core';
import type { Side } from '@sync/core';
import type { Input } from './input.ts';
import { deleted, inStep, play, sharepoint, twenty, v } from './testing/scenario.ts';

/** An answer to wishes as they were sent: field, value, source. */
function written(side: Side, wishes: readonly (readonly [string, string, string])[], version = v(2)): Input {
  const answered = wishes.map(([field, value, source]) => ({ field, value, source }));
  return { kind: 'answer', side, answer: 'written', wishes: answered, version, picture: null, refusals: [] };
}

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

describe('B10 for existence: which delete of the row was seen', () => {
  const alive = [twenty(1, { f: 'a' }), sharepoint(1, { f: 'a' })];
  const died = deleted('twenty', 2, { f: 'a' }, 'the first time');

  test('is known until the row lives again, or a later delete is seen', () => {
    expect(play([...alive, died]).state.diedAt).toBe('the first time');
    expect(play([...alive, died, twenty(3, { f: 'a' })]).state.diedAt).toBeNull();
    const again = deleted('twenty', 4, { f: 'a' }, 'the second time');
    expect(play([...alive, died, twenty(3, { f: 'a' }), again]).state.diedAt).toBe('the second time');
    expect(play([...alive, again, died]).state.diedAt).toBe('the second time');
  });

  test('is what the wish to bring the row back is compared with, whatever is seen while it is open', () => {
    const told = play([
      ...converged,
      deleted('twenty', 2, {}, 'the first time'),
      { to: 'sharepoint', answer: 'written', version: 2 },
      sharepoint(3, { f: 'a', g: 'a' }),
      deleted('twenty', 4, {}, 'the second time'),
    ]);
    expect(told.asks.at(-1)).toMatchObject({ side: 'twenty', wishes: { [ALIVE]: 'true' } });
    expect(told.state.outTwenty?.wishes[ALIVE]?.expected).toBe('the first time');
  });

  test('is not known once we have written the existence of the row ourselves', () => {
    const steps = [...converged, deleted('sharepoint', 2)];
    const written = { to: 'twenty', answer: 'written', version: 5 } as const;
    expect(play([...steps, written, deleted('twenty', 4, { f: 'a' }, 'before')]).state.diedAt).toBeNull();
  });
});

describe('B10: one open command to Twenty, on the values last seen', () => {
  test('a second edit waits for the answer', () => {
    const told = play([...converged, sharepoint(2, { f: 'b', g: 'a' }), sharepoint(3, { f: 'b', g: 'b' })]);
    expect(told.asks.filter((ask) => ask.side === 'twenty')).toHaveLength(1);
    expect(told.state.outTwenty?.wishes['f']?.expected).toBe('a');
  });
});

describe('B11: life and death', () => {
  test('a delete in Twenty deletes the item and records the edit it buries', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'a', g: 'b' }),
      deleted('twenty', 3),
      sharepoint(2, { f: 'c', g: 'a' }),
      { to: 'sharepoint', answer: 'stale', version: 2, picture: { f: 'c', g: 'a' } },
    ]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(2), wishes: { [ALIVE]: 'false' } });
    expect(told.conflicts).toMatchObject([{ field: 'f', kind: 'buriedByDelete', winner: 'twenty' }]);
  });

  test('a delete in SharePoint deletes the row softly, if its fields still are what was seen', () => {
    const told = play([...converged, deleted('sharepoint', 2)]);
    const wishes = { [ALIVE]: 'false', f: 'a', g: 'a' };
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes });
    expect(told.state.outTwenty?.wishes['f']).toMatchObject({ expected: 'a', asked: [] });
  });

  test('a second word on a dead item is not the delete of the next one, which is still on its way', () => {
    const newborn = { f: 'x', g: 'a' };
    const told = play([
      ...converged,
      deleted('sharepoint', 2),
      { to: 'twenty', answer: 'written', version: 2 },
      twenty(3, { f: 'a', g: 'a' }),
      deleted('twenty', 4, { f: 'a', g: 'a' }),
      deleted('sharepoint', 3),
      sharepoint(9, newborn, { itemId: '8' }),
      { to: 'sharepoint', answer: 'written', version: 8, command: 2 },
      { to: 'sharepoint', answer: 'stale', version: 9, picture: newborn },
    ]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(9), wishes: { [ALIVE]: 'false' } });
    expect(told.conflicts).toMatchObject([{ field: 'f', kind: 'buriedByDelete', winner: 'twenty' }]);
  });

  test('a delete that takes a restore back buries nothing of an item that its user had deleted before', () => {
    const told = play([
      ...converged,
      sharepoint(2, { f: 'c', g: 'a' }, { at: 1 }),
      deleted('sharepoint', 3),
      { to: 'twenty', answer: 'stale', version: 2, picture: { [ALIVE]: 'false', f: 'a', g: 'a' } },
      twenty(3, { f: 'a', g: 'a' }),
      deleted('twenty', 4, { f: 'a', g: 'a' }),
    ]);
    expect(told.asks.at(-1)).toMatchObject({ side: 'sharepoint', wishes: { [ALIVE]: 'false' } });
    expect(told.conflicts).toEqual([]);
  });

  test('an edit that a delete of the row has met is recorded before it is buried', () => {
    const told = play([
      ...converged,
      deleted('sharepoint', 2),
      { to: 'twenty', answer: 'stale', version: 2, picture: { f: 'b', g: 'a' } },
    ]);
    expect(told.conflicts).toMatchObject([{ field: 'f', kind: 'buriedByDelete', winner: 'sharepoint' }]);
    expect(told.state.outTwenty?.wishes['f']?.expected).toBe('b');
  });

  test('what guarded a delete ends with it', () => {
    const told = play([...converged, deleted('sharepoint', 2), written('twenty', [[ALIVE, 'false', v(2)]])]);
    expect(told.state.outTwenty).toBeNull();
    expect(told.state.agreed['f']).toMatchObject({ value: 'a', twentyVersion: v(1) });
  });

  test('an echo of before a delete does not bring the record back', () => {
    const at = (version: number): string => `00000000000a-0000-${v(version)}`;
    const item = (version: number, f: string): Input =>
      sharepoint(version, { f, g: 'a' }, { version: at(version) });
    const told = play([
      twenty(1, { f: 'b', g: 'a' }),
      item(1, 'b'),
      deleted('twenty', 2),
      written('sharepoint', [['f', 'b', v(1)]], at(2)),
      sharepoint(1, {}, { exists: false, version: `${at(1)}-deleted` }),
      item(2, 'b'),
    ]);
    expect(told.state.sharepoint[ALIVE]?.value).toBe('false');
    expect(told.asks.filter(({ side }) => side === 'twenty')).toEqual([]);
  });

  test('deletes on both sides are an agreement', () => {
    const told = play([...converged, deleted('sharepoint', 2), deleted('twenty', 2)]);
    expect(told.asks).toHaveLength(2);
    expect(told.conflicts).toEqual([]);
  });

  test('a restore in Twenty takes all fields', () => {
    const told = play([
      ...converged,
      deleted('twenty', 2),
      { to: 'sharepoint', answer: 'written', version: 2 },
      twenty(3, { f: 'a', g: 'a' }),
    ]);
    expect(told.asks.at(-1)?.wishes).toEqual({ [ALIVE]: 'true', f: 'a', g: 'a' });
  });

  test('an old update does not bring a deleted record back', () => {
    const told = play([
      ...converged,
      deleted('twenty', 3),
      { to: 'sharepoint', answer: 'written', version: 2 },
      twenty(2, { f: 'b', g: 'a' }),
      sharepoint(1, { f: 'a', g: 'a' }),
    ]);
    expect(told.asks).toHaveLength(2);
  });

  test('a late written answer does not bring an item back to life', () => {
    const told = play([
      ...converged,
      twenty(2, { f: 'b', g: 'a' }),
      deleted('sharepoint', 9),
      { to: 'sharepoint', answer: 'written', version: 2 },
    ]);
    expect(told.asks.at(-1)).toMatchObject({ side: 'twenty', wishes: { [ALIVE]: 'false' } });
  });

  test('a record born in SharePoint is created in Twenty', () => {
    expect(play([sharepoint(1, { f: 'a', g: null })]).asks).toEqual([
      { side: 'twenty', basis: '', wishes: { [ALIVE]: 'true', f: 'a', g: null } },
    ]);
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

describe('a field refused at the birth of a record', () => {
  const refusals = [{ field: 'f', code: 'unique-violation', reason: 'another record holds it' }];
  const bornInSharePoint = [
    sharepoint(1, { f: 'a', g: 'a' }),
    { to: 'twenty', answer: 'written', version: 5, refusals } as const,
    twenty(4, { f: 'default', g: 'a' }),
  ];

  test('keeps its value where it was entered, without a conflict', () => {
    const told = play(bornInSharePoint);
    expect(told.conflicts).toEqual([]);
    expect(told.asks).toHaveLength(1);
    expect(told.state.sharepoint['f']?.value).toBe('a');
  });

  test('the same when the row is seen before the answer', () => {
    const [born, answer, row] = bornInSharePoint;
    const told = play([born, row, answer].filter((step) => step !== undefined));
    expect(told.conflicts).toEqual([]);
    expect(told.asks).toHaveLength(1);
  });

  test('is asked for again when somebody mends it', () => {
    const told = play([...bornInSharePoint, sharepoint(2, { f: 'b', g: 'a' })]);
    expect(told.conflicts).toEqual([]);
    expect(told.asks.at(-1)).toEqual({ side: 'twenty', basis: '', wishes: { f: 'b' } });
  });

  test('an item made without it is blank there, which nobody edited', () => {
    const told = play([
      twenty(1, { f: 'too long', g: 'a' }),
      { to: 'sharepoint', answer: 'written', version: 1, refusals },
      sharepoint(2, { f: null, g: 'a' }),
      deleted('twenty', 9),
    ]);
    expect(told.conflicts).toEqual([]);
  });
});

describe('an item that our application made though nobody asked for it', () => {
  const dead = [
    ...converged,
    deleted('sharepoint', 3),
    { to: 'twenty', answer: 'written', version: 2 } as const,
  ];
  const late = { itemId: '8', etag: 'e5', ours: true };

  test('is deleted: a create that was carried out late does not undo a delete', () => {
    const told = play([...dead, sharepoint(5, { f: 'a', g: 'a' }, late)]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(5), wishes: { alive: 'false' } });
    expect(told.conflicts).toEqual([]);
  });

  test('is deleted with the record when Twenty had moved meanwhile', () => {
    const told = play([
      ...dead.slice(0, -1),
      sharepoint(5, { f: 'a', g: 'a' }, late),
      { to: 'twenty', answer: 'stale', version: 4, picture: { f: 'b', g: 'a' } },
      { to: 'twenty', answer: 'written', version: 5 },
    ]);
    expect(told.asks.slice(-2)).toMatchObject([
      { side: 'twenty', wishes: { alive: 'false' } },
      { side: 'sharepoint', basis: v(5), wishes: { alive: 'false' } },
    ]);
    expect(told.conflicts.map(({ kind, field }) => [kind, field])).toEqual([['buriedByDelete', 'f']]);
  });

  test('is deleted, and the record with it, also when the end of the item before it was not told yet', () => {
    const told = play([
      ...converged,
      sharepoint(5, { f: 'a', g: 'a' }, late),
      { to: 'twenty', answer: 'written', version: 2 },
    ]);
    expect(told.asks.slice(-2)).toMatchObject([
      { side: 'twenty', wishes: { alive: 'false' } },
      { side: 'sharepoint', basis: v(5), wishes: { alive: 'false' } },
    ]);
  });

  test('is deleted, and the record with it, also when its create had its answer and was carried out again', () => {
    const birth = { to: 'sharepoint', answer: 'written', version: 1, command: 1 } as const;
    const born = [twenty(1, { f: 'a', g: 'a' }), birth];
    const told = play([...born, { ...birth, version: 5 }, sharepoint(5, { f: 'a', g: 'a' }, late)]);
    expect(told.asks.at(-1)).toMatchObject({ side: 'twenty', wishes: { alive: 'false' } });
  });

  test('lives when a user brings the row back before it is deleted', () => {
    const told = play([
      ...dead,
      sharepoint(5, { f: 'a', g: 'a' }, late),
      twenty(3, { f: 'a', g: 'a' }),
      { to: 'sharepoint', answer: 'alreadySo', version: 5, picture: { f: 'a', g: 'a' } },
    ]);
    expect(told.state.sharepoint[ALIVE]).toMatchObject({ value: 'true', version: v(5) });
    expect(told.state.outSharepoint).toBeNull();
  });

  test('is deleted also when it turns up while Twenty is being told of the delete', () => {
    const told = play([
      ...dead.slice(0, -1),
      sharepoint(5, { f: 'a', g: 'a' }, late),
      { to: 'twenty', answer: 'written', version: 2 },
    ]);
    expect(told.asks.at(-1)).toEqual({ side: 'sharepoint', basis: v(5), wishes: { alive: 'false' } });
  });

  test("is the user's who has edited it", () => {
    const told = play([...dead, sharepoint(5, { f: 'b', g: 'a' }, { ...late, ours: false })]);
    expect(told.asks.at(-1)).toMatchObject({ side: 'twenty', wishes: { alive: 'true', f: 'b' } });
  });
});

describe('an item whose lives are not counted alike', () => {
  const at = (life: number, number: number) => `100000000007-000${life}-${String(number).padStart(12, '0')}`;
  const known = [...converged, sharepoint(0, { f: 'b', g: 'a' }, { version: at(0, 6) })];

  test('is not put back by a picture of before, told in its next life', () => {
    const told = play([...known, sharepoint(0, { f: 'a', g: 'a' }, { version: at(1, 4) })]);
    expect(told.asks).toEqual(play(known).asks);
    expect(told.state.sharepoint['f']?.value).toBe('b');
  });

  test('is known by what is younger in its next life', () => {
    const told = play([...known, sharepoint(0, { f: 'c', g: 'a' }, { version: at(1, 7) })]);
    expect(told.state.sharepoint['f']?.value).toBe('c');
  });
});
