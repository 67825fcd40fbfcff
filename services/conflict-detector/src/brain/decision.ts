/** Questions to people, and what was decided: both count only while the sides hold what they were made on. */
import { ALIVE } from '@sync/core';
import type { RecordState, Review, Side, Wish } from '@sync/core';
import { exists } from './desire.ts';
import type { Clash, Decision, Question } from './desire.ts';
import type { Choice, Input } from './input.ts';
import { isNextItem } from './item-life.ts';
import { hasAskedFor, isSeen, register, SIDES } from './state.ts';

/** True while a field lies with a person on exactly what both sides hold. */
export function isAsked(state: RecordState, field: string): boolean {
  const review = state.review[field];
  return review !== undefined && review.choice === null && holds(state, field, [review]);
}

/** What was decided about a field; null when nothing was, or when a side has moved to something else since. */
export function decisionOn(state: RecordState, field: string): Decision | null {
  const review = state.review[field];
  if (review === undefined || review.choice === null) return null;
  const value = decidedValue(review);
  // On the way the sides come to hold the decided value, one after the other.
  return holds(state, field, [review, { twentyValue: value, sharepointValue: value }])
    ? { choice: review.choice as Choice, value }
    : null;
}

type Held = Pick<Review, 'twentyValue' | 'sharepointValue'>;

function holds(state: RecordState, field: string, among: readonly Held[]): boolean {
  const [twenty, sharepoint] = [register(state, 'twenty', field), register(state, 'sharepoint', field)];
  return (
    among.some((one) => one.twentyValue === twenty.value) &&
    among.some((one) => one.sharepointValue === sharepoint.value)
  );
}

function decidedValue(review: Review): string | null {
  if (review.choice === 'twenty') return review.twentyValue;
  return review.choice === 'sharepoint' ? review.sharepointValue : review.value;
}

/** Keeps a question with what it is asked on. */
export function ask(state: RecordState, { clash, answer }: Question): RecordState {
  const { field, kind } = clash;
  const [twenty, sharepoint] = [register(state, 'twenty', field), register(state, 'sharepoint', field)];
  const review: Review = {
    base: state.agreed[field]?.value ?? null,
    twentyValue: twenty.value,
    sharepointValue: sharepoint.value,
    twentyVersion: twenty.version,
    sharepointVersion: sharepoint.version,
    kind,
    choice: answer?.choice ?? null,
    value: answer?.choice === 'value' ? answer.value : null,
  };
  return { ...state, review: { ...state.review, [field]: review } };
}

/** What our own write, under way since before a decision, puts on a side is no edit: the decision stays good on it. */
export function carryOn(state: RecordState, side: Side, field: string, value: string | null): RecordState {
  const review = state.review[field];
  if (review === undefined || review.choice === null || field === ALIVE) return state;
  const decided = decidedValue(review);
  // A write that the side has left behind moves nothing.
  if (value === decided || register(state, side, field).value !== value) return state;
  const held = side === 'twenty' ? { twentyValue: value } : { sharepointValue: value };
  const carried = { ...review, choice: 'value', value: decided, ...held };
  return { ...state, review: { ...state.review, [field]: carried } };
}

/**
 * A decision from which a side has moved away is over: should the side come back to it, that is an edit of its own.
 * So is a question about a record that is gone.
 */
export function dropOutdated(state: RecordState): RecordState {
  const isGone = !exists(state, 'twenty') && !exists(state, 'sharepoint');
  return dropReviews(state, (field, { choice }) =>
    choice === null ? isGone && field !== ALIVE : decisionOn(state, field) === null,
  );
}

/**
 * A delete that nobody saw who decided before it ends what was decided: only a decision on a dead record brings it back. A delete
 * that we have asked for ourselves tells nothing new.
 */
export function endWithLife(before: RecordState, after: RecordState): RecordState {
  const isOver = SIDES.some(
    (side) => hasDied(before, after, side) && !hasAskedFor(before, side, ALIVE, 'false'),
  );
  if (!isOver) return after;
  return dropReviews(after, (field, { choice }) => choice !== null && field !== ALIVE);
}

/** Also an item that was made and deleted before we heard that it was made. */
function hasDied(before: RecordState, after: RecordState, side: Side): boolean {
  if (exists(after, side)) return false;
  return exists(before, side) || (side === 'sharepoint' && isNextItem(before, after));
}

function dropReviews(state: RecordState, isOver: (field: string, review: Review) => boolean): RecordState {
  const all = Object.entries(state.review);
  const left = all.filter(([field, review]) => !isOver(field, review));
  return left.length === all.length ? state : { ...state, review: Object.fromEntries(left) };
}

export function livesOnBoth(state: RecordState): boolean {
  return exists(state, 'twenty') && exists(state, 'sharepoint');
}

/** The answer to a wish for life that nobody could fulfil: the row is gone for good, and so is what was decided about it. */
export function withdrawBack(state: RecordState, wishes: readonly Wish[]): RecordState {
  const isBack = wishes.some(
    ({ field, value, source }) => field === ALIVE && value === 'true' && source === '',
  );
  if (!isBack || register(state, 'twenty', ALIVE).value === 'true') return state;
  return dropReviews(state, (name) => wishes.some(({ field }) => field === name));
}

export type Resolution = Extract<Input, { kind: 'resolution' }>;

/**
 * A person's decision counts once, and only while both sides hold what the person saw: else the newer question is open already.
 * The first one counts; another one made on the same question comes too late.
 */
export function learnResolution(state: RecordState, resolution: Resolution): RecordState {
  const { field, conflict, choice, value, decidedAt } = resolution;
  if (!isSeen(state, 'twenty', field) && !isSeen(state, 'sharepoint', field)) return state;
  if ((state.decided[field] ?? 0) >= decidedAt || !holds(state, field, [resolution])) return state;
  if (decisionOn(state, field) !== null && state.parked[field] === undefined) return state;
  // A question about a field that goes under with its record is over.
  if (field !== ALIVE && conflict !== 'restored' && !livesOnBoth(state)) return state;
  const { [field]: _parked, ...parked } = state.parked;
  const { [field]: _turns, ...turns } = state.turns;
  const free = { ...state, parked, turns, decided: { ...state.decided, [field]: decidedAt } };
  return ask(free, { clash: clashOf(resolution), answer: { choice, value } });
}

/** The decision as it is told, once. */
export function toldBy(input: Input, before: RecordState, after: RecordState): Clash[] {
  if (input.kind !== 'resolution' || before.decided === after.decided) return [];
  return [clashOf(input)];
}

function clashOf({ field, conflict, choice }: Resolution): Clash {
  const winner = choice === 'value' ? 'merged' : choice;
  return { field, kind: conflict, strategy: 'person', rule: `person/${choice}`, winner };
}
