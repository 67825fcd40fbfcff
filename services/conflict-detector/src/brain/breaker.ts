/** What looks like an accident is held and asked about: a field that goes to and fro, too many deletes, too many overwrites. */
import { ALIVE } from '@sync/core';
import type { ConflictKind, MappingField, RecordState, Side, Turns } from '@sync/core';
import { decisionOn } from './decision.ts';
import type { Desire, Question } from './desire.ts';
import { hasMoved } from './judge.ts';
import type { Policy } from './policy.ts';
import { openWishes, register } from './state.ts';

export type MassKind = 'massDelete' | 'massOverwrite';

/** False while too many records of the object were written so on that side. */
export type MayWrite = (side: Side, kind: MassKind) => boolean;

export interface Restraint {
  readonly fields: readonly MappingField[];
  readonly policy: Policy;
  readonly mayWrite: MayWrite;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Restrained {
  readonly allowed: readonly Desire[];
  readonly questions: readonly Question[];
}

/** Splits the desires for one side into those that may be opened and those that a person is asked about. */
export function restrain(state: RecordState, desires: readonly Desire[], restraint: Restraint): Restrained {
  const held = desires.flatMap((desire) => {
    const kind = isFree(state, desire) ? null : reasonToHold(state, desire, desires, restraint);
    return kind === null ? [] : [{ desire, kind }];
  });
  if (held.length === 0) return { allowed: desires, questions: [] };
  const questions = held.map(({ desire, kind }) => questionOf(desire, kind));
  // Without existence its fields mean nothing.
  const isLife = held.some(({ desire }) => desire.field === ALIVE);
  const kept = new Set(held.map(({ desire }) => desire));
  return { allowed: isLife ? [] : desires.filter((desire) => !kept.has(desire)), questions };
}

/** What a person decided, and what only replaces an open wish, is not asked about. */
function isFree(state: RecordState, { side, field }: Desire): boolean {
  return decisionOn(state, field) !== null || openWishes(state, side)?.wishes[field] !== undefined;
}

function reasonToHold(
  state: RecordState,
  desire: Desire,
  all: readonly Desire[],
  { fields, policy, mayWrite, now }: Restraint,
): ConflictKind | null {
  if (isLooping(state.turns[desire.field], policy, now)) return 'loop';
  const existence = all.find(({ field }) => field === ALIVE);
  if (existence === undefined)
    return isOverwrite(state, desire, fields) && !mayWrite(desire.side, 'massOverwrite')
      ? 'massOverwrite'
      : null;
  const dies = desire === existence && desire.value === 'false';
  return dies && !mayWrite(desire.side, 'massDelete') ? 'massDelete' : null;
}

/** A derived column is Twenty's alone, so nothing of a user is replaced there. */
function isOverwrite(state: RecordState, { side, field }: Desire, fields: readonly MappingField[]): boolean {
  const isOwn = fields.some((one) => one.name === field && one.derived === undefined);
  return isOwn && register(state, side, field).value !== null;
}

function questionOf({ field }: Desire, kind: ConflictKind): Question {
  return {
    clash: { field, kind, strategy: 'breaker', rule: `breaker/${kind}`, winner: 'undecided' },
    answer: null,
  };
}

/** True when the last turns of a field all lie within the window. */
export function isLooping(turns: Turns | undefined, policy: Policy, now: number): boolean {
  if (policy.loopLimit === 0 || turns === undefined || turns.times.length < policy.loopLimit) return false;
  return now - (turns.times.at(-policy.loopLimit) ?? now) <= policy.loopWindowMs;
}

/**
 * Counts a write of a field as a turn when the one before went the other way, or puts a user's edit of a derived column
 * back: a loop shows by that even though every write in it succeeds.
 */
export function noteTurn(
  state: RecordState,
  desire: Desire,
  { fields, policy, now }: Restraint,
): RecordState {
  if (policy.loopLimit === 0) return state;
  const { side, field } = desire;
  const before = state.turns[field];
  const isDerived = fields.some((one) => one.name === field && one.derived !== undefined);
  const isTurn =
    (before !== undefined && before.side !== side) || (isDerived && hasMoved(state, 'sharepoint', field));
  if (before !== undefined && !isTurn) return state;
  const times = isTurn ? [...(before?.times ?? []), now].slice(-policy.loopLimit) : [];
  return { ...state, turns: { ...state.turns, [field]: { side, times } } };
}
