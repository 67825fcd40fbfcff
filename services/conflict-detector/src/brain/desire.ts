/** What the brain would like to write, before it is known whether it may. */
import type { ConflictKind, MappingField, RecordState, Side, Winner } from '@sync/core';
import { ALIVE, NO_VERSION } from '@sync/core';
import type { Choice } from './input.ts';
import { settle } from './policy.ts';
import type { Policy } from './policy.ts';
import { other, register } from './state.ts';

/** A field that one side should hold. */
export interface Desire {
  readonly side: Side;
  readonly field: string;
  readonly value: string | null;
  /** Version on the other side that the value comes from. */
  readonly source: string;
  /** The conflict that this desire settles, if there is one. */
  readonly conflicts: readonly Clash[];
}

/** A conflict as it is to be told: what stands where, and who wins. */
export interface Clash {
  readonly field: string;
  readonly kind: ConflictKind;
  readonly strategy: string;
  readonly rule: string;
  readonly winner: Winner;
}

/** What was decided about a field, and the value that both sides shall therefore hold. */
export interface Decision {
  readonly choice: Choice;
  readonly value: string | null;
}

/** A conflict to be kept as a question; one that comes with its answer is already decided. */
export interface Question {
  readonly clash: Clash;
  readonly answer: Decision | null;
}

export interface Wanted {
  readonly desires: readonly Desire[];
  readonly questions: readonly Question[];
}

export const NOTHING: Wanted = { desires: [], questions: [] };

export function desire(state: RecordState, side: Side, field: string): Desire {
  const from = register(state, other(side), field);
  return { side, field, value: from.value, source: from.version, conflicts: [] };
}

/** A value that the other side does not hold. */
export function unfounded(side: Side, field: string, value: string | null): Desire {
  return { side, field, value, source: NO_VERSION, conflicts: [] };
}

export function justWrite(desires: readonly Desire[]): Wanted {
  return { desires, questions: [] };
}

export function clashOf(state: RecordState, field: string, policy: Policy): Clash {
  const kind = state.agreed[field] === undefined ? 'firstMeeting' : 'bothEdited';
  return {
    field,
    kind,
    ...settle(policy, field, register(state, 'twenty', field).at, register(state, 'sharepoint', field).at),
  };
}

export function exists(state: RecordState, side: Side): boolean {
  return register(state, side, ALIVE).value === 'true';
}

export function names(fields: readonly MappingField[]): string[] {
  return fields.map((field) => field.name);
}

/** B5, first half: an open wish for SharePoint may be replaced when Twenty has moved on. Wishes for Twenty wait (B10). */
export function newerWishes(state: RecordState, fields: readonly string[]): Desire[] {
  return fields
    .filter((field) => {
      const open = state.outSharepoint?.wishes[field];
      const now = register(state, 'twenty', field);
      return open !== undefined && now.value !== open.value && now.version >= open.source;
    })
    .map((field) => desire(state, 'sharepoint', field));
}
