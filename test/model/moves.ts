/** Everything that can happen in the world, as named moves. */
import { ALIVE } from '@sync/core';
import type { MappingField, ObjectMapping, Side } from '@sync/core';
import type { Input } from '../../services/conflict-detector/src/brain/input.ts';
import type { Policy } from '../../services/conflict-detector/src/brain/policy.ts';
import { openWishes } from '../../services/conflict-detector/src/brain/state.ts';
import { think } from '../../services/conflict-detector/src/brain/think.ts';
import { moveSharePointWriter, takeSharePointCommand } from './sharepoint-writer.ts';
import { carryOutTwentyCommand } from './twenty-writer.ts';
import { FIELDS, currentItem, itemSeen, itemVersion, noteConflicts, rowSeen } from './world.ts';
import type { Budget, FieldName, Row, World } from './world.ts';

export interface Move {
  readonly name: string;
  readonly world: World;
}

const POLICY: Policy = { strategyOf: () => 'lastWriteWins', skewMs: 2000, tieWinner: 'twenty' };

const textCodec = {
  fromRow: ([value]: readonly unknown[]) => (value as string | null) ?? null,
  toRow: (value: string | null) => ({ ok: true as const, values: [value] }),
  fromItem: ([value]: readonly unknown[]) => (value as string | null) ?? null,
  toItem: (value: string | null) => ({ ok: true as const, values: [value] }),
};

const MODEL_FIELDS: readonly MappingField[] = FIELDS.map((name) => ({
  name,
  twenty: [[name]],
  columns: [{ name, displayName: name, facet: 'text' }],
  codec: textCodec,
}));

/** The mapping of the model's record: two fields of one text column each. */
export const MODEL_MAPPING: ObjectMapping = { object: 'thing', fields: MODEL_FIELDS, label: [] };

/** All moves that are possible now. */
export function movesOf(world: World): Move[] {
  return [...pipelineMoves(world), ...faultMoves(world), ...peopleMoves(world)];
}

/** What the pipeline does by itself; when none is left the world is at rest. */
export function pipelineMoves(world: World): Move[] {
  return [
    ...deliver(world, 'rowChanges', 'brain sees the row'),
    ...deliver(world, 'itemChanges', 'brain sees the item'),
    ...deliver(world, 'fromSharepoint', 'brain gets the answer of SharePoint'),
    ...deliver(world, 'fromTwenty', 'brain gets the answer of Twenty'),
    ...readDelta(world),
    ...takeSharePointCommand(world, MODEL_MAPPING),
    ...moveSharePointWriter(world),
    ...twentyWriterMoves(world),
  ];
}

type InputQueue = 'rowChanges' | 'itemChanges' | 'fromSharepoint' | 'fromTwenty';

function deliver(world: World, queue: InputQueue, name: string): Move[] {
  const [input, ...rest] = world[queue];
  return input === undefined ? [] : [{ name, world: hear({ ...world, [queue]: rest }, input) }];
}

/** The brain takes an input in; its commands are sent. */
function hear(world: World, input: Input): World {
  const next = think(world.brain, input, {
    fields: MODEL_FIELDS,
    policy: POLICY,
    recordId: 'r',
    labelOf: () => null,
    active: true,
    changedAt: null,
    now: 0,
  });
  const people = noteConflicts(world.people, next.state, next.conflicts);
  return next.send.reduce((so, side) => send(so, side), { ...world, brain: next.state, people });
}

function send(world: World, side: Side): World {
  const open = openWishes(world.brain, side);
  if (open === null) return world;
  const wishes = Object.entries(open.wishes).map(([field, { value, source }]) => ({ field, value, source }));
  if (side === 'sharepoint') {
    const { basis, etag, itemId } = open;
    const generation = basis === '' ? 0 : Number.parseInt(basis.split('-')[1] ?? '0', 16);
    return { ...world, toSharepoint: [...world.toSharepoint, { basis, etag, itemId, generation, wishes }] };
  }
  const expected = Object.fromEntries(Object.entries(open.wishes).filter(([field]) => field !== ALIVE).map(([field, wish]) => [field, wish.expected]));
  return { ...world, toTwenty: [...world.toTwenty, { exists: world.brain.twenty[ALIVE] !== undefined, wishes, expected }] };
}

function readDelta(world: World): Move[] {
  const unread = world.items.filter((item) => itemVersion(item) > world.read);
  const last = unread.at(-1);
  if (last === undefined) return [];
  return [{ name: 'delta read', world: { ...world, read: itemVersion(last), itemChanges: [...world.itemChanges, ...unread.map(itemSeen)] } }];
}

function twentyWriterMoves(world: World): Move[] {
  if (world.twentyDone !== null) {
    const answered = { ...world, toTwenty: world.toTwenty.slice(1), fromTwenty: [...world.fromTwenty, world.twentyDone], twentyDone: null };
    return [{ name: 'Twenty writer answers', world: answered }];
  }
  const command = world.toTwenty[0];
  return command === undefined ? [] : [{ name: 'Twenty writer writes', world: carryOutTwentyCommand(world, command) }];
}

/** Crashes, commands sent twice, changes told twice. */
function faultMoves(world: World): Move[] {
  const moves: Move[] = [];
  const spend = (what: keyof Budget, name: string, next: World): void => {
    if (world.budget[what] > 0) moves.push({ name, world: { ...next, budget: { ...world.budget, [what]: world.budget[what] - 1 } } });
  };
  if (world.writer.turn !== null || world.writer.known !== null) {
    spend('crashSharepointWriter', 'SharePoint writer crashes', { ...world, writer: { known: null, turn: null } });
  }
  if (world.twentyDone !== null) spend('crashTwentyWriter', 'Twenty writer crashes before it answers', { ...world, twentyDone: null });
  if (world.brain.outSharepoint !== null) spend('resend', 'brain sends to SharePoint again', send(world, 'sharepoint'));
  if (world.brain.outTwenty !== null) spend('resend', 'brain sends to Twenty again', send(world, 'twenty'));
  const item = currentItem(world);
  if (item !== null) spend('replay', 'an item state is told again', { ...world, itemChanges: [...world.itemChanges, itemSeen(item)] });
  if (world.row !== null) spend('replay', 'a row change is told again', { ...world, rowChanges: [...world.rowChanges, rowSeen(world.row)] });
  return moves;
}

function peopleMoves(world: World): Move[] {
  const { row, budget, people } = world;
  const item = currentItem(world);
  const moves: Move[] = [];
  const value = `v${people.nextValue}`;
  if (row?.exists === true && budget.editTwenty > 0) {
    for (const field of FIELDS) {
      const next = { ...row, values: { ...row.values, [field]: value }, lsn: row.lsn + 1 };
      moves.push({ name: `a user sets ${field}=${value} in Twenty`, world: spendEdit(commitRow(world, next), 'editTwenty', 'twenty', field, row.values[field], value) });
    }
  }
  if (item?.exists === true && budget.editSharepoint > 0) {
    for (const field of FIELDS) {
      const next = { ...item, values: { ...item.values, [field]: value }, number: item.number + 1 };
      moves.push({ name: `a user sets ${field}=${value} in SharePoint`, world: spendEdit(putItem(world, next), 'editSharepoint', 'sharepoint', field, item.values[field], value) });
    }
  }
  if (row?.exists === true && budget.deleteTwenty > 0) {
    moves.push({ name: 'a user deletes the row', world: spendLife(commitRow(world, { ...row, exists: false, lsn: row.lsn + 1 }), 'deleteTwenty', row.values) });
  }
  if (row?.exists === false && budget.restoreTwenty > 0) {
    moves.push({ name: 'a user restores the row', world: spendLife(commitRow(world, { ...row, exists: true, lsn: row.lsn + 1 }), 'restoreTwenty', row.values) });
  }
  if (item?.exists === true && budget.deleteSharepoint > 0) {
    moves.push({ name: 'a user deletes the item', world: spendLife(putItem(world, { ...item, exists: false }), 'deleteSharepoint', item.values) });
  }
  return moves;
}

/** A committed row change: the log will tell it. */
export function commitRow(world: World, row: Row): World {
  return { ...world, row, rowChanges: [...world.rowChanges, rowSeen(row)] };
}

/** The newest item in another state. */
export function putItem(world: World, item: World['items'][number]): World {
  return { ...world, items: world.items.map((one) => (one.id === item.id ? item : one)) };
}

function spendEdit(world: World, what: 'editTwenty' | 'editSharepoint', side: Side, field: FieldName, before: string | null, value: string): World {
  const { people, budget } = world;
  const edited = { ...people.edited, [field]: [...new Set([...people.edited[field], side])].sort() };
  const open = { ...without(people.open, [before]), [value]: field };
  return { ...world, budget: { ...budget, [what]: budget[what] - 1 }, people: { ...people, edited, open, nextValue: people.nextValue + 1 } };
}

/** Whoever deletes or restores a record has seen what it holds. */
function spendLife(world: World, what: 'deleteTwenty' | 'deleteSharepoint' | 'restoreTwenty', seen: Record<FieldName, string | null>): World {
  const { people, budget } = world;
  const open = without(people.open, Object.values(seen));
  return { ...world, budget: { ...budget, [what]: budget[what] - 1 }, people: { ...people, open, died: true } };
}

function without(open: Readonly<Record<string, FieldName>>, values: readonly (string | null)[]): Readonly<Record<string, FieldName>> {
  return Object.fromEntries(Object.entries(open).filter(([value]) => !values.includes(value)));
}
