/** What looks like an accident is held, told and asked about; everything else goes on. */
import { ALIVE } from '@sync/core';
import type { MappingField } from '@sync/core';
import { isLooping } from './breaker.ts';
import type { Input } from './input.ts';
import type { Policy } from './policy.ts';
import { F_AND_G, deleted, inStep, play, sharepoint, twenty } from './testing/scenario.ts';
import type { Reply } from './testing/scenario.ts';

const start = inStep({ f: 'a', g: 'a' });

/** Two machines that answer each other: each write of ours is followed by an edit there. */
function bounce(times: number): (Input | Reply)[] {
  return Array.from({ length: times }, (_, i) => i + 2).flatMap((version): (Input | Reply)[] => {
    const values = { f: `x${version}`, g: 'a' };
    return version % 2 === 0
      ? [twenty(version, values), { to: 'sharepoint', answer: 'written', version }]
      : [sharepoint(version, values), { to: 'twenty', answer: 'written', version }];
  });
}

describe('a loop in which every write succeeds', () => {
  test('is stopped when the field has turned as often as the limit says', () => {
    const told = play([...start, ...bounce(4), twenty(6, { f: 'x6', g: 'a' })], { loopLimit: 3 });
    expect(told.asks).toEqual(play([...start, ...bounce(4)], { loopLimit: 3 }).asks);
    expect(told.conflicts).toMatchObject([
      { field: 'f', kind: 'loop', rule: 'breaker/loop', winner: 'undecided' },
    ]);
    expect(told.state.review['f']).toMatchObject({ kind: 'loop', twentyValue: 'x6', sharepointValue: 'x5' });
  });

  test('does not stop the other fields', () => {
    const told = play([...start, ...bounce(4), twenty(6, { f: 'x6', g: 'z' })], { loopLimit: 3 });
    expect(told.asks.at(-1)).toMatchObject({ side: 'sharepoint', wishes: { g: 'z' } });
  });

  test('is not taken from edits that all go one way', () => {
    const edits = [2, 3, 4, 5, 6].flatMap((version): (Input | Reply)[] => [
      twenty(version, { f: `x${version}`, g: 'a' }),
      { to: 'sharepoint', answer: 'written', version },
    ]);
    expect(play([...start, ...edits], { loopLimit: 3 }).conflicts).toEqual([]);
  });

  test('runs again once a person has decided', () => {
    const held = [...start, ...bounce(4), twenty(6, { f: 'x6', g: 'a' })];
    const decision: Input = {
      kind: 'resolution',
      field: 'f',
      conflict: 'loop',
      choice: 'twenty',
      value: null,
      twentyValue: 'x6',
      sharepointValue: 'x5',
      decidedAt: 1,
    };
    const told = play([...held, decision], { loopLimit: 3 });
    expect(told.asks.at(-1)).toMatchObject({ side: 'sharepoint', wishes: { f: 'x6' } });
    expect(told.state.turns['f']?.times).toEqual([]);
  });

  test('shows also where an edit of a derived column is put back each time', () => {
    const derived: MappingField[] = F_AND_G.map((field) =>
      field.name === 'g' ? { ...field, derived: { from: 'fields', fields: ['f'] } } : field,
    );
    const putBack = [2, 4, 6, 8].flatMap((version): (Input | Reply)[] => [
      sharepoint(version, { f: 'a', g: `bot ${version}` }),
      { to: 'sharepoint', answer: 'written', version: version + 1 },
    ]);
    const told = play([...start, ...putBack], { loopLimit: 3, fields: derived });
    expect(told.conflicts).toMatchObject([{ field: 'g', kind: 'loop' }]);
  });

  test.each([
    [[0, 1, 2], 600, true],
    [[0, 1, 2], 601, false],
    [[0, 1], 1, false],
  ])('turns at %j, looked at %d: %s', (times, now, looping) => {
    const policy = { loopLimit: 3, loopWindowMs: 600 } as Policy;
    expect(isLooping({ side: 'twenty', times }, policy, now)).toBe(looping);
  });
});

describe('a mass delete', () => {
  test('is held and asked about, on either side', () => {
    for (const side of ['twenty', 'sharepoint'] as const) {
      const told = play([...start, deleted(side, 2, { f: 'a', g: 'a' })], { tripped: 'massDelete' });
      expect(told.asks).toEqual(play(start).asks);
      expect(told.conflicts).toMatchObject([{ field: ALIVE, kind: 'massDelete', winner: 'undecided' }]);
    }
  });

  test('does not hold an edit', () => {
    const told = play([...start, twenty(2, { f: 'b', g: 'a' })], { tripped: 'massDelete' });
    expect(told.asks.at(-1)?.wishes).toEqual({ f: 'b' });
  });
});

describe('a mass overwrite', () => {
  test('is held and asked about', () => {
    const told = play([...start, sharepoint(2, { f: 'b', g: 'a' })], { tripped: 'massOverwrite' });
    expect(told.asks).toEqual(play(start).asks);
    expect(told.conflicts).toMatchObject([{ field: 'f', kind: 'massOverwrite' }]);
  });

  test('does not hold what fills a blank', () => {
    const told = play([...inStep({ f: null, g: 'a' }), twenty(2, { f: 'b', g: 'a' })], {
      tripped: 'massOverwrite',
    });
    expect(told.asks.at(-1)?.wishes).toEqual({ f: 'b' });
  });

  test('does not hold a birth', () => {
    expect(play([twenty(1, { f: 'a', g: 'a' })], { tripped: 'massOverwrite' }).asks).toHaveLength(1);
  });
});
