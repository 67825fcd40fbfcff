/** Births, deaths and returns: what a record takes along, and whose delete stands. Rules B10, B11 and B16 of docs/SPEC.md. */
import { ALIVE } from '@sync/core';
import type { Input } from './input.ts';
import { deleted, inStep, play, sharepoint, twenty, v, written } from './testing/scenario.ts';

const converged = inStep({ f: 'a', g: 'a' });

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
    expect(told.state.outTwenty?.wishes['f']).toMatchObject({ expected: 'a' });
    expect(told.state.outTwenty?.asked['f']).toBeUndefined();
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
