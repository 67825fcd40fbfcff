import type { Acknowledged, Change, Evidence, HistorySide, ToldConflict } from './change.ts';
import { checkHistory } from './check.ts';
import { countCrossed, countUnheardOf } from './check-overwritten.ts';
import { Tracks } from './tracks.ts';

/** `T u 1` is: in Twenty a user set the field to 1; `S s 1`: in SharePoint the sync did. A field before `=` is named. */
function changes(...lines: readonly string[]): Change[] {
  return lines.map((line, at) => {
    const [side, by, what = ''] = line.split(' ');
    const [field, value] = what.includes('=') ? what.split('=') : ['name', what];
    return {
      side: sideOf(side),
      by: by === 'u' ? 'user' : 'sync',
      record: 'r1',
      field: field ?? '',
      value: value === '-' || value === undefined ? null : value,
      seq: at + 1,
      at: at + 1,
    };
  });
}

const sideOf = (letter: string | undefined): HistorySide => (letter === 'T' ? 'twenty' : 'sharepoint');
const BORN = ['T u alive=true', 'T u 1', 'S s alive=true', 'S s 1'];

function judged(lines: readonly string[], more: Partial<Evidence> = {}): string[] {
  const evidence: Evidence = {
    changes: changes(...lines),
    acknowledged: [],
    conflicts: [],
    live: [],
    excused: new Set(),
    answered: new Set(),
    restAt: { twenty: Infinity, sharepoint: Infinity },
    ...more,
  };
  return checkHistory(evidence).map(({ kind }) => kind);
}

const conflict = (
  twentyValue: string | null,
  sharepointValue: string | null,
  field = 'name',
  isOpen = false,
): ToldConflict => ({
  record: 'r1',
  field,
  twentyValue,
  sharepointValue,
  isOpen,
});
const acknowledged = (value: string): Acknowledged => ({
  side: 'sharepoint',
  record: 'r1',
  field: 'name',
  value,
});

describe('a run that can be explained', () => {
  test.each([
    ['a value that travels', [...BORN, 'T u 2', 'S s 2']],
    ['a value that its own user replaced before it travelled', [...BORN, 'T u 2', 'T u 3', 'S s 3']],
    ['a value that came back', [...BORN, 'S u 2', 'T s 2', 'T u 3', 'S s 3']],
    ['a cleared field', [...BORN, 'T u -', 'S s -']],
    ['the same edit on both sides', [...BORN, 'T u 2', 'S u 2']],
    [
      'a restore on the other side after a delete',
      [...BORN, 'T u alive=false', 'S u alive=false', 'S u alive=true', 'T s alive=true'],
    ],
    [
      'a restore that was under way when the other side deleted as well',
      [...BORN, 'S u alive=false', 'S u alive=true', 'T u alive=false', 'T s alive=true'],
    ],
    [
      'a restore that was under way when an older one was carried over and undone',
      [
        ...BORN,
        ...['T u alive=false', 'S s alive=false', 'T u alive=true', 'T u alive=false', 'T u alive=true'],
        ...['S s alive=true', 'S u alive=false', 'S s alive=true'],
      ],
    ],
    ['a blank among the values', [...BORN, 'T u 2', 'S s -', 'S s 2', 'T u -', 'T u 3', 'S s 3']],
    [
      'a value that its own user deleted with the record',
      [...BORN, 'T u 2', 'T u alive=false', 'S u alive=false', 'S u alive=true', 'T s alive=true', 'T s 1'],
    ],
    ['a blank that was blank before', [...BORN, 'T u 2', 'T u -', 'S u 3', 'T s 3']],
    ['a delete', [...BORN, 'T u alive=false', 'S s alive=false']],
    [
      'a delete and a restore',
      [...BORN, 'T u alive=false', 'S s alive=false', 'T u alive=true', 'S s alive=true'],
    ],
  ])('%s', (_, lines) => expect(judged(lines)).toEqual([]));

  test('a loser that stands in a conflict', () => {
    expect(judged([...BORN, 'T u 2', 'S u 3', 'T s 3'], { conflicts: [conflict('2', '3')] })).toEqual([]);
  });

  test('sides that differ while a person decides', () => {
    expect(judged([...BORN, 'T u 2', 'S u 3'], { conflicts: [conflict('2', '3', 'name', true)] })).toEqual(
      [],
    );
  });

  test('a field that was refused with a reason', () => {
    expect(judged([...BORN, 'T u 2'], { excused: new Set(['r1|name']) })).toEqual([]);
  });

  test('an edit that a delete buried, told as a conflict', () => {
    const lines = [...BORN, 'S u 5', 'T u alive=false', 'S s alive=false'];
    expect(judged(lines, { conflicts: [conflict(null, '5')] })).toEqual([]);
  });
});

describe('planted violations', () => {
  test('lost: acknowledged and never seen', () => {
    expect(judged(BORN, { acknowledged: [acknowledged('1'), acknowledged('9')] })).toEqual(['lost']);
  });

  test('lost: buried by a delete without a word', () => {
    expect(judged([...BORN, 'S u 5', 'T u alive=false', 'S s alive=false'])).toEqual(['lost']);
  });

  test('diverged: an edit that never travelled', () =>
    expect(judged([...BORN, 'T u 2'])).toEqual(['diverged']));

  test('diverged: a blank that never travelled', () =>
    expect(judged([...BORN, 'T u -'])).toEqual(['diverged']));

  test('diverged: a record that was never made on the other side', () => {
    expect(judged(['T u alive=true', 'T u 1'])).toEqual(['diverged']);
  });

  test('diverged: a delete that never travelled', () => {
    expect(judged([...BORN, 'S u alive=false'])).toEqual(['diverged']);
  });

  test('silent overwrite', () => {
    expect(judged([...BORN, 'T u 2', 'S u 3', 'T s 3'])).toEqual(['silentOverwrite']);
  });

  test('silent overwrite: the conflict that is told is about another value', () => {
    const told = { conflicts: [conflict('1', '3')] };
    expect(judged([...BORN, 'T u 2', 'S u 3', 'T s 3'], told)).toEqual(['silentOverwrite']);
  });

  test('resurrected', () => {
    expect(judged([...BORN, 'T u alive=false', 'T s alive=true'])).toEqual(['resurrected']);
  });

  test('resurrected: of two restores the younger had been heard of before the delete', () => {
    const lived = [
      'T u alive=false',
      'S s alive=false',
      'T u alive=true',
      'T u alive=false',
      'T u alive=true',
    ];
    const heard = ['T u 2', 'S s alive=true', 'S s 2', 'S u alive=false', 'S s alive=true'];
    expect(judged([...BORN, ...lived, ...heard])).toEqual(['resurrected']);
  });

  test('resurrected: the restore on the other side had been carried over before the delete', () => {
    const lived = ['S u alive=false', 'T s alive=false', 'S u alive=true', 'T s alive=true'];
    expect(judged([...BORN, ...lived, 'T u alive=false', 'T s alive=true'])).toEqual(['resurrected']);
  });

  test('reordered: the older value lands last, and so the sides differ', () => {
    expect(judged([...BORN, 'T u 2', 'T u 3', 'S s 3', 'S s 2']).sort()).toEqual(['diverged', 'reordered']);
  });

  test('reordered: a value that nobody wrote', () => {
    expect(judged([...BORN, 'S s 7', 'T u 7x', 'S s 7x'])).toEqual(['reordered']);
  });

  test('echo: a write after everything has come to rest', () => {
    const lines = [...BORN, 'T u 2', 'S s 2'];
    expect(judged(lines, { restAt: { twenty: 9, sharepoint: 5 } })).toEqual(['echo']);
  });

  test('duplicate: two items of one record', () => {
    const copy = { side: 'sharepoint', record: 'r1', mark: null } as const;
    expect(
      judged(BORN, {
        live: [
          { ...copy, id: '1' },
          { ...copy, id: '2' },
        ],
      }),
    ).toEqual(['duplicate']);
  });

  test('duplicate: two rows from one item', () => {
    const copy = { side: 'twenty', mark: 'born-7' } as const;
    expect(
      judged(BORN, {
        live: [
          { ...copy, record: 'r1', id: 'r1' },
          { ...copy, record: 'r2', id: 'r2' },
        ],
      }),
    ).toEqual(['duplicate']);
  });
});

test('deletes that an older restore has undone are counted', () => {
  const crossing = [...BORN, 'S u alive=false', 'S u alive=true', 'T u alive=false', 'T s alive=true'];
  const later = [...BORN, 'T u alive=false', 'S u alive=false', 'S u alive=true', 'T s alive=true'];
  expect(countCrossed(new Tracks(changes(...crossing), []))).toBe(1);
  expect(countCrossed(new Tracks(changes(...later), []))).toBe(0);
});

test('an item that was deleted before the sync had heard that it had made it is made again, and counted', () => {
  const lines = ['T u alive=false', 'S s alive=false', 'T u alive=true', 'S s alive=true', 'S u alive=false'];
  const items = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3];
  const remade = changes(...BORN, ...lines, 'S s alive=true').map((change, at) => ({
    ...change,
    ...(change.side === 'sharepoint' ? { item: items[at] ?? 0 } : {}),
  }));
  expect(judged([], { changes: remade, answered: new Set([1, 3]) })).toEqual([]);
  expect(judged([], { changes: remade, answered: new Set([1, 2, 3]) })).toEqual(['resurrected']);
  expect(countUnheardOf(new Tracks(remade, [], new Set([1, 3])))).toBe(1);
});
