/** A Twenty writer with compare-and-set, as one atomic statement on the row. */
import { ALIVE } from '@sync/core';
import type { Wish } from '@sync/core';
import type { Input, Seen } from '../../services/conflict-detector/src/brain/input.ts';
import { commitRow } from './moves.ts';
import { rowSeen, rowVersion } from './world.ts';
import type { FieldName, Row, TwentyCommand, World } from './world.ts';

/** Writes or reads the row, and has the answer ready; the answer is given in a move of its own, so that a crash fits between. */
export function carryOutTwentyCommand(world: World, command: TwentyCommand): World {
  const { row } = world;
  if (row === null) {
    if (command.exists || lifeOf(command.wishes) !== 'true') return { ...world, twentyDone: answer('stale', command.wishes, null) };
    return written(world, { exists: true, lsn: 1, values: { f: null, g: null } }, command);
  }
  const fits = command.exists && Object.entries(command.expected).every(([field, value]) => row.values[field as FieldName] === value) && livesAsSeen(row, command.wishes);
  if (fits) return written(world, row, command);
  const held = command.wishes.every((wish) => (wish.field === ALIVE ? wish.value === String(row.exists) : row.values[wish.field as FieldName] === wish.value));
  return { ...world, twentyDone: answer(held ? 'alreadySo' : 'stale', command.wishes, row) };
}

function livesAsSeen(row: Row, wishes: readonly Wish[]): boolean {
  const life = lifeOf(wishes);
  return life === undefined ? row.exists : life !== String(row.exists);
}

function lifeOf(wishes: readonly Wish[]): string | null | undefined {
  return wishes.find((wish) => wish.field === ALIVE)?.value;
}

function written(world: World, row: Row, command: TwentyCommand): World {
  const values = Object.fromEntries(command.wishes.filter((wish) => wish.field !== ALIVE).map((wish) => [wish.field, wish.value]));
  const life = lifeOf(command.wishes);
  const next = { exists: life === undefined ? row.exists : life === 'true', lsn: row.lsn + 1, values: { ...row.values, ...values } };
  const done: Input = { kind: 'answer', side: 'twenty', answer: 'written', wishes: command.wishes, version: rowVersion(next.lsn, true), picture: null, refusals: [] };
  return { ...commitRow(world, next), twentyDone: done };
}

function answer(kind: 'alreadySo' | 'stale', wishes: readonly Wish[], row: Row | null): Input {
  const picture: Seen | null = row === null ? null : { ...seenOf(row), version: rowVersion(row.lsn, true) };
  return { kind: 'answer', side: 'twenty', answer: kind, wishes, version: '', picture, refusals: [] };
}

function seenOf(row: Row): Seen {
  const input = rowSeen(row);
  if (input.kind !== 'seen') throw new Error('a row is always seen');
  return input.seen;
}
