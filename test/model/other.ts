/** The other record, whose name this one shows: a user renames it, and the brain hears of that in its own time. */
import { twentyVersion } from '@sync/core';
import type { Move } from './moves.ts';
import { isSeen } from '../../services/conflict-detector/src/brain/state.ts';
import type { Other, World } from './world.ts';
import { nextLsn, spend } from './world.ts';

/** The other record as it is when it is made. */
export function otherNamed(name: string, lsn: number): Other {
  return { name, lsn, told: [labelAt(name, lsn)], known: null, isLookDue: false };
}

export function renameMoves(world: World): Move[] {
  const poorer = spend(world, 'rename');
  if (poorer === null || world.other === null) return [];
  const { people, other } = world;
  const [name, lsn] = [`name${people.next}`, nextLsn(world)];
  const renamed = { ...world.other, name, lsn, told: [...other.told, labelAt(name, lsn)] };
  const booked = { ...people, next: people.next + 1, slack: people.slack + 1 };
  return [
    {
      name: `a user renames the other record to ${name}`,
      world: { ...poorer, other: renamed, people: booked },
    },
  ];
}

/** The table of names takes the next one in; whoever shows it is to be looked at again. */
export function namesMove(world: World): Move[] {
  const [label] = world.other?.told ?? [];
  if (world.other === null || label === undefined) return [];
  const isLookDue = world.other.isLookDue || isSeen(world.brain, 'twenty', 'reference');
  const other = { ...world.other, told: world.other.told.slice(1), known: label, isLookDue };
  return [{ name: `brain's table of names: ${label.label ?? ''}`, world: { ...world, other } }];
}

/** Whoever takes over has read the table to its end, and looks at every record. */
export function namesRead(world: World): World {
  const { other } = world;
  if (other === null) return world;
  return {
    ...world,
    other: { ...other, known: other.told.at(-1) ?? other.known, told: [], isLookDue: true },
  };
}

export function looked(world: World): World {
  return world.other === null ? world : { ...world, other: { ...world.other, isLookDue: false } };
}

function labelAt(label: string, lsn: number) {
  return { label, version: twentyVersion({ epoch: 1, lsn, order: 0 }) };
}
