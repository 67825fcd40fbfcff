/** How the world can be when a scope begins. */
import { ALIVE, IDENTITY_COLUMN } from '@sync/core';
import type { Side } from '@sync/core';
import { takeOver } from './brain.ts';
import { movesOf } from './moves.ts';
import type { People } from './people.ts';
import { otherNamed } from './other.ts';
import { RECORD_ID, SHOWN } from './setup.ts';
import type { Setup } from './setup.ts';
import { blank, commitRow } from './twenty.ts';
import { emptyWorld } from './world.ts';
import type { Budget, Item, Row, Values, World } from './world.ts';

export type Start = (setup: Setup, budget: Partial<Budget>) => World;

/** A row that nobody has seen yet; no item. */
export const newRow: Start = (setup, budget) => {
  const people = { slack: 1, open: { a: 'f' }, edited: everything(setup, 'twenty') };
  return withPeople(commitRow(emptyWorld(budget), rowOf(setup, 'a'), setup.situation.fields), people);
};

/** An item that a user made; no row. The identity column is written by the pipeline, which is a second write. */
export const newItem: Start = (setup, budget) => {
  const world = { ...emptyWorld(budget), items: [itemOf({ f: 'a', g: 'a', [IDENTITY_COLUMN]: null })] };
  return withPeople(world, { slack: 2, open: { a: 'f' }, edited: everything(setup, 'sharepoint') });
};

/** Both sides hold data, different in f, and have never met. */
export const firstMeeting: Start = (setup, budget) => {
  const world = {
    ...emptyWorld(budget),
    items: [itemOf({ f: 'b', g: 'same', [IDENTITY_COLUMN]: RECORD_ID })],
  };
  const row = { ...rowOf(setup, 'a'), values: { ...rowOf(setup, 'a').values, g: 'same' } };
  const people = { slack: 1, open: { a: 'f', b: 'f' }, edited: { f: ['sharepoint', 'twenty'] } } as const;
  return withPeople(commitRow(world, row, setup.situation.fields), people);
};

/** Both sides hold the same and the pipeline knows it: where a new row leads to when nothing disturbs it. */
export const inStep: Start = (setup, budget) => {
  const isShown = setup.situation.fields.some(({ name }) => name === SHOWN);
  let world = { ...newRow(setup, {}), other: isShown ? otherNamed('name', 2) : null };
  for (;;) {
    const { atRest, moves } = movesOf(world, setup);
    const [next] = moves;
    if (atRest || next === undefined) break;
    world = next.world;
  }
  const fresh = { ...emptyWorld(budget), ...world, budget: emptyWorld(budget).budget };
  return withPeople(
    { ...fresh, sharepointWriter: { known: null, turn: null } },
    { ...emptyWorld({}).people },
  );
};

/** The same, but the record was deleted on both sides. */
export const buried: Start = (setup, budget) => {
  let world = inStep(setup, { deleteTwenty: 1 });
  for (;;) {
    const { moves, own } = movesOf(world, setup);
    const next = moves[own === 0 ? moves.length - 1 : 0];
    if (next === undefined) break;
    world = next.world;
  }
  return withPeople(
    { ...takeOver(world, setup), budget: emptyWorld(budget).budget },
    { ...emptyWorld({}).people },
  );
};

/** Who makes a record sets all of it. */
function everything({ edited }: Setup, side: Side): People['edited'] {
  return Object.fromEntries([ALIVE, ...edited].map((field) => [field, [side]]));
}

/** What a value with two parts is at first. */
const PARTS = JSON.stringify(['a', 'b']);

function rowOf({ situation, parted }: Setup, value: string): Row {
  const values = Object.keys(blank(situation.fields)).filter((name) => name !== 'id');
  return {
    exists: true,
    values: {
      ...Object.fromEntries(values.map((name) => [name, name === parted ? PARTS : value])),
      id: RECORD_ID,
    },
    lsn: 1,
    at: 0,
  };
}

function itemOf(values: Values): Item {
  return { id: 1, exists: true, values, number: 1, at: 0, byUser: true };
}

function withPeople(world: World, people: Partial<People>): World {
  return { ...world, people: { ...world.people, ...people } };
}
