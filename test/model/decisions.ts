/** People who decide: they answer a question or put a kept value back, on what they see; and the books on what became of it. */
import { ALIVE, topics } from '@sync/core';
import type { Conflict, OutRecord, Review, Side } from '@sync/core';
import { exists } from '../../services/conflict-detector/src/brain/desire.ts';
import type { Choice, Input } from '../../services/conflict-detector/src/brain/input.ts';
import { register } from '../../services/conflict-detector/src/brain/state.ts';
import type { Move } from './moves.ts';
import { blame, byField, markEdited, omit } from './people.ts';
import type { People } from './people.ts';
import { append, currentItem, heldBy, spend } from './world.ts';
import { stateOf } from './sharepoint.ts';
import type { World } from './world.ts';

type Resolution = Extract<Input, { kind: 'resolution' }>;

export function decisionMoves(world: World): Move[] {
  return [...answers(world), ...restores(world)];
}

/** Every open question, answered for either side, or with a value of the person's own. */
function answers(world: World): Move[] {
  const poorer = spend(world, 'resolve');
  if (poorer === null) return [];
  return Object.entries(world.brain.review).flatMap(([field, review]) =>
    review.choice === null ? choicesOf(field).map((choice) => answer(poorer, field, review, choice)) : [],
  );
}

function choicesOf(field: string): readonly Choice[] {
  return field === ALIVE ? ['twenty', 'sharepoint'] : ['twenty', 'sharepoint', 'value'];
}

function answer(world: World, field: string, review: Review, choice: Choice): Move {
  const { kind, twentyValue, sharepointValue } = review;
  const value = choice === 'value' ? `own${world.people.next}` : null;
  const conflict = kind as Resolution['conflict'];
  return decide(world, { field, conflict, choice, value, twentyValue, sharepointValue });
}

/** Every value that a conflict told as lost, seen against what the brain knows of both sides. */
function restores(world: World): Move[] {
  const poorer = spend(world, 'restore');
  if (poorer === null) return [];
  return Object.entries(world.people.kept).flatMap(([value, field]) => {
    const [twenty, sharepoint] = [
      register(world.brain, 'twenty', field),
      register(world.brain, 'sharepoint', field),
    ];
    const held = { twentyValue: twenty.value, sharepointValue: sharepoint.value };
    return held.twentyValue === value && held.sharepointValue === value
      ? []
      : [decide(poorer, { field, conflict: 'restored', choice: 'value', value, ...held })];
  });
}

/** The decision is sent; the brain hears it whenever it does. */
function decide(world: World, what: Omit<Resolution, 'kind' | 'decidedAt'>): Move {
  const decidedAt = world.people.next;
  const people = { ...world.people, next: decidedAt + 1 };
  const input: Resolution = { kind: 'resolution', ...what, decidedAt };
  const wish = what.choice === 'value' ? String(what.value) : `as in ${what.choice}`;
  const name = `a person decides: ${what.field} ${wish} (${what.conflict})`;
  return { name, world: append({ ...world, people }, 'decisions', [input]) };
}

/** Books what the brain made of a decision. It counts with the state that was kept, not with what was only told. */
export function noteDecision(before: World, after: World, input: Input, sent: readonly OutRecord[]): World {
  if (input.kind !== 'resolution') return after;
  const told = sent.flatMap(({ topic, value }) =>
    topic.name === topics.conflicts.name ? [value as Conflict] : [],
  );
  const own = told.find(({ strategy }) => strategy === 'person');
  if (own === undefined) return after;
  const violation = wrongCount(before.people, input, own);
  const isKept = sent.some(({ topic }) => topic.name === topics.records.name);
  const people = isKept ? count(before, after.people, input) : after.people;
  return { ...after, people: blame(people, violation) };
}

function wrongCount({ counted }: People, input: Resolution, told: Conflict): string | null {
  if (counted.includes(input.decidedAt)) return `the decision on ${input.field} counted twice`;
  const isSame = told.twentyValue === input.twentyValue && told.sharepointValue === input.sharepointValue;
  return isSame ? null : `the decision on ${input.field} is told of other values than the person saw`;
}

/** A decision accounts for what the person saw, and for nothing else. */
function count(world: World, people: People, input: Resolution): People {
  const { field, choice, value, twentyValue, sharepointValue, decidedAt } = input;
  const decided = choice === 'value' ? value : choice === 'twenty' ? twentyValue : sharepointValue;
  const losing = field === ALIVE ? [] : [twentyValue, sharepointValue].filter((one) => one !== decided);
  const kept = world.budget.restore > 0 ? { ...people.kept, ...byField(losing, field) } : people.kept;
  const isOver = isContested(world, input, decided) || (field !== ALIVE && isDying(world));
  // What was decided may land all the same, as an edit of Twenty's.
  const marked = isOver ? markEdited(people, 'twenty', field) : people;
  return {
    ...marked,
    open: omit(people.open, losing),
    kept,
    counted: [...people.counted, decidedAt],
    due: isOver ? omit(people.due, [field]) : { ...people.due, [field]: decided },
    granted: { ...people.granted, ...byField(choice === 'value' && !isOver ? [value] : [], field) },
    last: omit(people.last, [field]),
    slack: people.slack + 2,
    ...(bringsBack(world, input, decided) ? BACK_ON_BOTH(marked) : {}),
  };
}

/** A delete that the brain has yet to hear of may end what was decided (docs/decisions/0018). */
function isDying(world: World): boolean {
  const { brain, logs } = world;
  const item = currentItem(world);
  const isOnItsWay = (side: Side): boolean =>
    logs[side === 'twenty' ? 'rowChanges' : 'itemChanges'].ahead.some(
      (told) =>
        told.kind === 'seen' && !told.seen.exists && told.seen.version > register(brain, side, ALIVE).version,
    );
  const isKnown = item !== null && String(item.id) === brain.top?.itemId && !exists(brain, 'sharepoint');
  const isUnread = world.items.some((one) => !one.exists && world.read[one.id] !== stateOf(one));
  return isUnread || (item?.exists === false && !isKnown) || isOnItsWay('twenty') || isOnItsWay('sharepoint');
}

/** A user has made another change meanwhile, which the brain has not seen. */
function isContested(world: World, input: Resolution, decided: string | null): boolean {
  const { field, conflict, twentyValue, sharepointValue } = input;
  const [row, item] = [world.row, currentItem(world)];
  if (field === ALIVE)
    return String(row?.exists === true) !== twentyValue || String(item?.exists === true) !== sharepointValue;
  if (conflict !== 'restored')
    return (
      heldBy(world, 'twenty')?.[field] !== twentyValue ||
      heldBy(world, 'sharepoint')?.[field] !== sharepointValue
    );
  // Whoever puts a value back may do so while a write is under way, which is no user's.
  const among = [twentyValue, sharepointValue, decided];
  const underWay = [...world.logs.rowChanges.ahead, ...world.logs.itemChanges.ahead].flatMap((told) =>
    told.kind === 'seen' && told.seen.exists ? [told.seen] : [],
  );
  return [row, item, ...underWay].some((place) => !among.includes(place?.values[field] ?? null));
}

/** Whoever brings a record back by a decision speaks for both sides. */
const BACK_ON_BOTH = (people: People): Partial<People> => ({
  buried: false,
  edited: { ...people.edited, [ALIVE]: ['sharepoint', 'twenty'] },
});

function bringsBack({ brain }: World, { field, conflict }: Resolution, decided: string | null): boolean {
  if (field === ALIVE) return decided === 'true';
  const isDead = (['twenty', 'sharepoint'] as const).some(
    (side) => register(brain, side, ALIVE).value === 'false',
  );
  return conflict === 'restored' && isDead;
}

/** A value of a person's own that stands somewhere is an edit in Twenty from then on. */
export function landed(people: People, held: Readonly<Record<string, string | null>>): People {
  const now = Object.values(held).filter((value) => value !== null && people.granted[value] !== undefined);
  return now.reduce<People>((booked, value) => {
    const field = booked.granted[value ?? ''] ?? '';
    const open = { ...booked.open, ...byField([value], field) };
    return { ...markEdited(booked, 'twenty', field), open, granted: omit(booked.granted, [value]) };
  }, people);
}
