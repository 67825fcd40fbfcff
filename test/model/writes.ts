/** What holds for every single write of the pipeline, judged at the moment it lands. */
import { ALIVE } from '@sync/core';
import type { Side } from '@sync/core';
import { decisionOn } from '../../services/conflict-detector/src/brain/decision.ts';
import { landed } from './decisions.ts';
import { goneFrom, partsOf } from './parts.ts';
import { blame } from './people.ts';
import { heldBy } from './world.ts';
import type { Values, World } from './world.ts';

/** The world after a write of the pipeline on one side, with the books kept. `null`: the record does not exist there. */
export function noteWrite(before: World, after: World, side: Side): World {
  const [was, is] = [heldBy(before, side), heldBy(after, side)];
  const slack = before.people.slack - 1;
  const violation =
    slack < 0 ? 'the pipeline wrote more often than people made changes' : wrong(before, side, was, is);
  const people = landed({ ...after.people, slack }, is ?? {});
  return { ...after, people: blame(people, violation) };
}

function wrong(world: World, side: Side, was: Values | null, is: Values | null): string | null {
  const opposite = side === 'twenty' ? 'sharepoint' : 'twenty';
  if (was === null && is === null) return 'a write changed nothing';
  if (is === null) return buried(world, side, was ?? {});
  if (was === null) return null;
  const changed = Object.keys(is).filter((column) => is[column] !== was[column]);
  if (changed.length === 0) return isBroughtBackByBoth(world) ? null : 'a write changed nothing';
  const across = heldBy(world, opposite);
  const lost = changed
    .flatMap((column) =>
      goneFrom(was[column], is[column])
        .filter((part) => !partsOf(across?.[column]).includes(part))
        .filter((part) => !willComeBack(world, column, part)),
    )
    .find((part) => isOpen(world, part));
  return lost === undefined ? null : `the value ${lost} of a user was overwritten in silence`;
}

/** A soft-deleted row keeps its values, so there it is enough that the conflict is told in the end. */
function buried(world: World, side: Side, values: Values): string | null {
  if (side === 'twenty') return null;
  const row = heldBy(world, 'twenty');
  const lost = Object.entries(values)
    .flatMap(([column, value]) =>
      goneFrom(value, row?.[column]).filter((part) => !willComeBack(world, column, part)),
    )
    .find((part) => isOpen(world, part));
  return lost === undefined ? null : `the value ${lost} of a user was buried by a delete in silence`;
}

/** PostgreSQL compares with what is expected, and "not NULL" is no value: a row that was restored twice is written twice. */
function isBroughtBackByBoth({ people }: World): boolean {
  return people.edited[ALIVE]?.length === 2;
}

/** A write that was under way may pass over what a decision will put back; if that never stands, it is lost at rest. */
function willComeBack({ brain }: World, field: string, value: string): boolean {
  return decisionOn(brain, field)?.value === value;
}

function isOpen(world: World, value: string): boolean {
  return world.people.open[value] !== undefined;
}
