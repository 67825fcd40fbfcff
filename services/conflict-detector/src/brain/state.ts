/**
 * The brain: what the sync knows of one record, and what follows from it.
 *
 * It is level-triggered. It keeps no list of work; it keeps what each side is known to hold (registers, versioned per field),
 * what both sides last agreed on, and which wishes have no answer yet. After every input it derives from that alone what is to be
 * done, so that replays, duplicates and lost commands are harmless, and a converged record asks for nothing.
 *
 *   learn.ts    a change, a picture or an answer moves the registers and the agreements
 *   judge.ts    one field: nothing to do, write one side, or a conflict
 *   policy.ts   the table that settles conflicts; merge.ts for values that have parts
 *   want.ts     what the brain would like to write: existence.ts, then field by field, settlement.ts where both were edited
 *   decision.ts questions to people, and their answers
 *   breaker.ts  holds what looks like an accident, and asks
 *   plan.ts     opens the wishes that may be opened, tells the conflicts
 *
 * The rules B1 to B14 that the comments cite are numbered in docs/SPEC.md; each has a counter-example as a test.
 */
import { NO_VERSION } from '@sync/core';
import type { OpenWishes, RecordState, Register, Side } from '@sync/core';

/** SharePoint first: people wait for what Twenty's users wrote. */
export const SIDES: readonly Side[] = ['sharepoint', 'twenty'];

export const NOTHING_KNOWN: RecordState = {
  twenty: {},
  sharepoint: {},
  top: null,
  diedAt: null,
  agreed: {},
  outTwenty: null,
  outSharepoint: null,
  parked: {},
  review: {},
  turns: {},
  decided: {},
  ownedSince: 0,
};

const UNSEEN: Register = { value: null, version: NO_VERSION, at: null };

/** What a side is known to hold in a field; never seen is NULL at no version. */
export function register(state: RecordState, side: Side, field: string): Register {
  return state[side][field] ?? UNSEEN;
}

/** True when the side was ever seen to hold anything in the field. */
export function isSeen(state: RecordState, side: Side, field: string): boolean {
  return state[side][field] !== undefined;
}

export function openWishes(state: RecordState, side: Side): OpenWishes | null {
  return side === 'twenty' ? state.outTwenty : state.outSharepoint;
}

/** True when this value was asked for and may be on its way still, or there (B6). */
export function hasAskedFor(state: RecordState, side: Side, field: string, value: string): boolean {
  return openWishes(state, side)?.asked[field]?.some((asked) => asked.value === value) ?? false;
}

export function withOpenWishes(state: RecordState, side: Side, open: OpenWishes | null): RecordState {
  return side === 'twenty' ? { ...state, outTwenty: open } : { ...state, outSharepoint: open };
}

export function withRegister(state: RecordState, side: Side, field: string, value: Register): RecordState {
  return { ...state, [side]: { ...state[side], [field]: value } };
}

/** True while a wish for the field has no answer, on either side (B4). */
export function isInFlight(state: RecordState, field: string): boolean {
  return state.outTwenty?.wishes[field] !== undefined || state.outSharepoint?.wishes[field] !== undefined;
}

export function other(side: Side): Side {
  return side === 'twenty' ? 'sharepoint' : 'twenty';
}
