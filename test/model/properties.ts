/** What must never be, in any state, and what must be when the pipeline is at rest. */
import { ALIVE, IDENTITY_COLUMN } from '@sync/core';
import type { Side } from '@sync/core';
import { exists } from '../../services/conflict-detector/src/brain/desire.ts';
import { register } from '../../services/conflict-detector/src/brain/state.ts';
import { wouldAct } from './brain.ts';
import { partsOf } from './parts.ts';
import { READ_ONLY, RECORD_ID, SHOWN } from './setup.ts';
import type { Setup } from './setup.ts';
import { currentItem, heldBy } from './world.ts';
import type { World } from './world.ts';

/** The violation in a state, as a sentence; null when all is well. */
export function violationIn(world: World, setup: Setup, atRest: boolean): string | null {
  if (world.people.violation !== null) return world.people.violation;
  if (world.items.filter((item) => item.exists).length > 1) return 'one record has two items';
  return atRest ? violationAtRest(world, setup) : null;
}

function violationAtRest(world: World, setup: Setup): string | null {
  const { brain } = world;
  if (brain.outSharepoint !== null || brain.outTwenty !== null) return 'a wish is in flight for ever';
  if (wouldAct(world, setup)) return 'the brain left something undone';
  return (
    unequalLife(world) ??
    unequalField(world, setup) ??
    lostValue(world) ??
    lostWord(world) ??
    lostDecision(world)
  );
}

function unequalLife(world: World): string | null {
  const [row, item] = [heldBy(world, 'twenty'), heldBy(world, 'sharepoint')];
  const alike = (row !== null) === (item !== null);
  if (!alike && isExcused(world, ALIVE, String(row !== null), String(item !== null))) return null;
  if (!alike)
    return `the row ${row === null ? 'is dead' : 'lives'}, the item ${item === null ? 'is dead' : 'lives'}`;
  if (row !== null && world.people.buried) return 'a delete was undone though nobody brought the record back';
  const knows =
    exists(world.brain, 'twenty') === (row !== null) && exists(world.brain, 'sharepoint') === (item !== null);
  return knows ? null : 'the brain does not know what lives';
}

function unequalField(world: World, setup: Setup): string | null {
  const [row, item] = [heldBy(world, 'twenty'), heldBy(world, 'sharepoint')];
  if (row === null || item === null) return null;
  const own = setup.situation.fields.filter((field) => field.derived === undefined).map(({ name }) => name);
  const field = own.find(
    (name) => row[name] !== item[name] && !isExcused(world, name, row[name] ?? null, item[name] ?? null),
  );
  if (field !== undefined) return `the sides differ in ${field}`;
  const derived = setup.situation.fields.filter((one) => one.derived !== undefined).map(({ name }) => name);
  if (derived.includes('id') && item[IDENTITY_COLUMN] !== RECORD_ID)
    return 'the item does not carry the id of its record';
  return derived.includes(SHOWN) && item[SHOWN] !== world.other?.name
    ? 'the item does not show the name of the other record'
    : null;
}

/** Open with a person, who is asked about exactly what stands there, or refused on it. */
function isExcused(
  { brain }: World,
  field: string,
  twenty: string | null,
  sharepoint: string | null,
): boolean {
  const isKnown =
    register(brain, 'twenty', field).value === twenty &&
    register(brain, 'sharepoint', field).value === sharepoint;
  const review = brain.review[field];
  const isAsked =
    review?.choice === null && review.twentyValue === twenty && review.sharepointValue === sharepoint;
  return isKnown && (isAsked || brain.parked[field] !== undefined);
}

function lostValue(world: World): string | null {
  const places = [world.row, currentItem(world)].filter((place) => place?.exists === true);
  const stand = new Set(places.flatMap((place) => Object.values(place?.values ?? {}).flatMap(partsOf)));
  const lost = Object.keys(world.people.open).find((value) => !stand.has(value));
  return lost === undefined ? null : `the value ${lost} of a user is lost`;
}

/** Where only one side was edited, its last edit stands. */
function lostWord(world: World): string | null {
  const { people, row, brain } = world;
  if (row?.exists !== true || people.edited[ALIVE] !== undefined) return null;
  const lost = Object.entries(people.last).find(
    ([field, value]) =>
      !READ_ONLY.includes(field) &&
      brain.parked[field] === undefined &&
      people.edited[field]?.length === 1 &&
      row.values[field] !== value &&
      !isExcused(world, field, row.values[field] ?? null, currentItem(world)?.values[field] ?? null),
  );
  return lost === undefined ? null : `the last edit of ${lost[0]}, to ${lost[1]}, does not stand`;
}

/** A decision that counted stands on both sides, unless a user made another change since; and none is left half done. */
function lostDecision(world: World): string | null {
  const { review, parked } = world.brain;
  const pending = Object.keys(review).find(
    (field) => review[field]?.choice !== null && parked[field] === undefined,
  );
  if (pending !== undefined) return `the decision on ${pending} is pending for ever`;
  const lost = Object.entries(world.people.due).find(
    ([field, value]) =>
      parked[field] === undefined &&
      (['twenty', 'sharepoint'] as const).some((side) => standing(world, side, field) !== value),
  );
  return lost === undefined ? null : `it was decided that ${lost[0]} is ${lost[1]}, and it is not`;
}

function standing(world: World, side: Side, field: string): string | null {
  const held = heldBy(world, side);
  return field === ALIVE ? String(held !== null) : (held?.[field] ?? null);
}
