/** What people do, on either side, at any moment. */
import { ALIVE, IDENTITY_COLUMN } from '@sync/core';
import type { Side } from '@sync/core';
import { exists } from '../../services/conflict-detector/src/brain/desire.ts';
import { hasAskedFor, other } from '../../services/conflict-detector/src/brain/state.ts';
import type { Move } from './moves.ts';
import { noteEdit, noteLife, omit, settled } from './people.ts';
import { partsOf } from './parts.ts';
import type { People } from './people.ts';
import { READ_ONLY } from './setup.ts';
import type { Setup } from './setup.ts';
import { renameMoves } from './other.ts';
import { putItem } from './sharepoint.ts';
import { commitRow } from './twenty.ts';
import { nextLsn, spend } from './world.ts';
import type { Item, Row, World } from './world.ts';

export function userMoves(world: World, setup: Setup, atRest: boolean): Move[] {
  const now = atRest && isUndisputed(world) ? { ...world, people: settled(world.people) } : world;
  return [
    ...rowMoves(now, setup),
    ...renameMoves(now),
    ...now.items.flatMap((item) => itemMoves(now, item, setup)),
  ];
}

function isUndisputed({ brain }: World): boolean {
  return Object.keys(brain.review).length + Object.keys(brain.parked).length === 0;
}

function rowMoves(world: World, setup: Setup): Move[] {
  const { row } = world;
  if (row === null) return [];
  const change = (next: Partial<Row>, people: People, at: World): World =>
    commitRow(
      { ...at, people },
      { ...row, ...next, lsn: nextLsn(world), at: people.next },
      setup.situation.fields,
    );
  const edits = editsOf(world, setup, 'twenty', row.exists, (field) => row.values[field] ?? null).map(
    ({ name, field, value, people, at }) => ({
      name,
      world: change({ values: { ...row.values, [field]: value } }, people, at),
    }),
  );
  const life = lifeOf(world, 'twenty', row.exists, Object.values(row.values)).map(({ name, people, at }) => ({
    name,
    world: change({ exists: !row.exists }, people, at),
  }));
  return [...edits, ...life];
}

function itemMoves(world: World, item: Item, setup: Setup): Move[] {
  const change = (next: Partial<Item>, people: People, at: World): World =>
    putItem({ ...at, people }, { ...item, ...next, at: people.next, byUser: true });
  const edits = editsOf(
    world,
    setup,
    'sharepoint',
    item.exists,
    (field) => item.values[columnOf(field)] ?? null,
  ).map(({ name, field, value, people, at }) => ({
    name,
    world: change(
      { number: item.number + 1, values: { ...item.values, [columnOf(field)]: value } },
      people,
      at,
    ),
  }));
  const mayLive = item.exists || !world.items.some((one) => one.exists);
  const life = mayLive ? lifeOf(world, 'sharepoint', item.exists, Object.values(item.values)) : [];
  return [
    ...edits,
    ...life.map(({ name, people, at }) => ({
      name,
      world: change(item.exists ? { exists: false } : { exists: true, number: item.number + 1 }, people, at),
    })),
  ];
}

function columnOf(field: string): string {
  return field === 'id' ? IDENTITY_COLUMN : field;
}

interface Edit {
  readonly name: string;
  readonly field: string;
  readonly value: string;
  readonly people: People;
  readonly at: World;
}

function editsOf(
  world: World,
  setup: Setup,
  side: Side,
  exists: boolean,
  now: (field: string) => string | null,
): Edit[] {
  const at = spend(world, side === 'twenty' ? 'editTwenty' : 'editSharepoint');
  if (at === null || !exists) return [];
  const fields = setup.edited.filter((field) => side === 'sharepoint' || !READ_ONLY.includes(field));
  return fields.flatMap((field) =>
    typeable(world, setup, field, now(field))
      .filter((value) => value !== now(field))
      .map((value) => ({
        name: `a user sets ${field}=${value} in ${nameOf(side)}`,
        field,
        value,
        at,
        people: book(world, setup, side, field, now(field), value),
      })),
  );
}

/** What may be typed over what stands there. */
function typeable(
  { people }: World,
  { vocabulary, parted }: Setup,
  field: string,
  now: string | null,
): readonly string[] {
  const value = `v${people.next}`;
  if (field !== parted) return vocabulary ?? [value];
  const parts = partsOf(now);
  return parts.map((_, i) => JSON.stringify(parts.with(i, value)));
}

/** Values that can be typed twice, and a read-only column, cannot be followed: only what counts as a conflict is booked. */
function book(
  world: World,
  setup: Setup,
  side: Side,
  field: string,
  before: string | null,
  value: string,
): People {
  const people = noteEdit(world.people, side, field, before, value);
  return setup.vocabulary === null && !READ_ONLY.includes(field)
    ? people
    : { ...people, open: omit(world.people.open, partsOf(before)) };
}

function lifeOf(
  world: World,
  side: Side,
  alive: boolean,
  seen: readonly (string | null)[],
): Pick<Edit, 'name' | 'people' | 'at'>[] {
  const verb = alive ? 'delete' : 'restore';
  const at = spend(world, `${verb}${side === 'twenty' ? 'Twenty' : 'Sharepoint'}`);
  if (at === null) return [];
  return [
    {
      name: `a user ${verb}s the record in ${nameOf(side)}`,
      at,
      people: noteLife(world.people, side, !alive, seen, alive && isLikeOurs(world, side)),
    },
  ];
}

/**
 * A delete that cannot be told from one that the pipeline makes, or will make because the other side is dead, counts as that; so does
 * one of a row that was brought back since the pipeline deleted it, unseen or while the pipeline is about to bring it back itself: of
 * our own delete we know no time (docs/SPEC.md, known gaps).
 */
function isLikeOurs({ brain }: World, side: Side): boolean {
  const back = brain.outTwenty?.wishes[ALIVE];
  const isBackOnItsWay = back?.value === 'true' && back.expected === null;
  const isRowOfOurs = (!exists(brain, side) && brain.diedAt === null) || isBackOnItsWay;
  const isDue = !exists(brain, other(side)) || hasAskedFor(brain, side, ALIVE, 'false');
  return isDue || (side === 'twenty' && isRowOfOurs);
}

function nameOf(side: Side): string {
  return side === 'twenty' ? 'Twenty' : 'SharePoint';
}
