/** From what is known to what is sent: recognises agreements, opens the wishes that may be opened, tells the conflicts. */
import { ALIVE, NO_VERSION } from '@sync/core';
import type { MappingField, OpenWish, OpenWishes, RecordState, Side } from '@sync/core';
import { agree } from './agree.ts';
import { noteTurn, restrain } from './breaker.ts';
import type { Restraint } from './breaker.ts';
import { commandId } from './command-id.ts';
import { ask, decisionOn, dropOutdated, livesOnBoth } from './decision.ts';
import type { Clash, Desire } from './desire.ts';
import { wanted } from './want.ts';
import { isSeen, openWishes, register, SIDES, withOpenWishes } from './state.ts';

/** `fields` are those bound on both sides. */
export interface PlanContext extends Restraint {
  /** Commit time of the change that is being looked at, milliseconds since 1970. */
  readonly changedAt: number | null;
}

export interface Plan {
  readonly state: RecordState;
  /** Sides whose open wishes are to be sent, as a command. */
  readonly send: readonly Side[];
  /** Conflicts to be told before the commands (B13). */
  readonly conflicts: readonly Clash[];
}

export function plan(state: RecordState, context: PlanContext): Plan {
  const known = recognise(dropOutdated(state), context.fields);
  const { desires, questions } = wanted(known, context.fields, context.policy);
  const sides = SIDES.map((side) => ofSide(known, desires, side, context));
  const asked = [...questions, ...sides.flatMap((one) => one.questions)];
  const opened = sides.reduce<Plan>((so, { side, allowed }) => open(so, side, allowed, context), {
    state: asked.reduce(ask, known),
    send: [],
    conflicts: [],
  });
  return { ...opened, conflicts: [...opened.conflicts, ...asked.map((question) => question.clash)] };
}

function ofSide(state: RecordState, desires: readonly Desire[], side: Side, context: PlanContext) {
  const restrained = restrain(
    state,
    desires.filter((desire) => desire.side === side),
    context,
  );
  return { side, ...restrained };
}

/**
 * Equal registers are an agreement, also while a wish is in flight (B2, B4); it ends parking and review. But what we asked
 * for may have landed on a register since, so such a one proves nothing before the answer.
 */
function recognise(state: RecordState, fields: readonly MappingField[]): RecordState {
  return [ALIVE, ...fields.map((field) => field.name)].reduce((next, field) => {
    if (!isSeen(next, 'twenty', field) || !isSeen(next, 'sharepoint', field)) return next;
    const [twenty, sharepoint] = [register(next, 'twenty', field), register(next, 'sharepoint', field)];
    if (twenty.value !== sharepoint.value || isDoubtful(next, field, twenty.value)) return next;
    return release(agreeOnce(next, field, twenty.value, twenty.version, sharepoint.version), field);
  }, state);
}

function isDoubtful(state: RecordState, field: string, value: string | null): boolean {
  return SIDES.some((side) => openWishes(state, side)?.asked[field]?.some((asked) => asked.value !== value));
}

function agreeOnce(
  state: RecordState,
  field: string,
  value: string | null,
  twentyVersion: string,
  sharepointVersion: string,
): RecordState {
  const base = state.agreed[field];
  const known =
    base?.value === value &&
    base.twentyVersion === twentyVersion &&
    base.sharepointVersion === sharepointVersion;
  return known ? state : agree(state, { field, value, twentyVersion, sharepointVersion });
}

function release(state: RecordState, field: string): RecordState {
  if (state.parked[field] === undefined && state.review[field] === undefined) return state;
  const decision = decisionOn(state, field);
  // Both hold the same, but a person wants another value on both, or wants it back from a record that died.
  const isThere = field === ALIVE || livesOnBoth(state);
  if (decision !== null && !(isThere && decision.value === register(state, 'twenty', field).value))
    return state;
  return { ...state, parked: without(state.parked, field), review: without(state.review, field) };
}

function open(so: Plan, side: Side, desires: readonly Desire[], context: PlanContext): Plan {
  if (desires.length === 0 || !mayOpen(so.state, side)) return so;
  const dying = desires.some((desire) => desire.field === ALIVE && desire.value === 'false');
  const wishes = desires.reduce<Record<string, OpenWish>>(
    (all, desire) => ({ ...all, [desire.field]: wish(so.state, desire) }),
    // A side that is to die takes no fields any more (B11).
    dying ? guards(so.state, side, context.fields) : { ...openWishes(so.state, side)?.wishes },
  );
  const unsent = {
    ...(openWishes(so.state, side) ?? firstBasis(so.state, side)),
    wishes,
    asked: desires.reduce(noteAsked, openWishes(so.state, side)?.asked ?? {}),
    changedAt: context.changedAt,
    sentAt: context.now,
  };
  const sent: OpenWishes = { ...unsent, commandId: commandId(side, unsent) };
  const counted = desires
    .filter(({ field }) => openWishes(so.state, side)?.wishes[field] === undefined)
    .reduce((state, desire) => noteTurn(state, desire, context), so.state);
  const parked = desires.reduce((kept, desire) => without(kept, desire.field), so.state.parked);
  return {
    state: withOpenWishes({ ...counted, parked }, side, sent),
    send: [...so.send, side],
    conflicts: [...so.conflicts, ...desires.flatMap((desire) => desire.conflicts)],
  };
}

/**
 * B10, B11: what a delete in Twenty buries must be what was seen of it. A guard is not asked for, so nothing is
 * recognised by it; If-Match does the same for the whole item.
 */
function guards(state: RecordState, side: Side, fields: readonly MappingField[]): Record<string, OpenWish> {
  if (side === 'sharepoint') return {};
  const seen = fields.filter((field) => field.derived === undefined && isSeen(state, side, field.name));
  return Object.fromEntries(seen.map(({ name }) => [name, guard(register(state, side, name).value)]));
}

function guard(value: string | null): OpenWish {
  return { value, source: NO_VERSION, expected: value };
}

/** B5, B10: SharePoint takes more wishes while the item stands where the first one saw it; Twenty takes one command at a time. */
function mayOpen(state: RecordState, side: Side): boolean {
  const already = openWishes(state, side);
  if (already === null) return true;
  return side === 'sharepoint' && (state.top?.version ?? NO_VERSION) === already.basis;
}

function firstBasis(state: RecordState, side: Side): Pick<OpenWishes, 'basis' | 'etag' | 'itemId'> {
  if (side === 'twenty' || state.top === null) return { basis: NO_VERSION, etag: null, itemId: null };
  return { basis: state.top.version, etag: state.top.etag, itemId: state.top.itemId };
}

function wish(state: RecordState, desire: Desire): OpenWish {
  return { value: desire.value, source: desire.source, expected: seenOf(state, desire) };
}

/** B6: also what a delete has replaced is remembered; it may be on its way to the item still, or there. */
function noteAsked(asked: OpenWishes['asked'], { field, value, source }: Desire): OpenWishes['asked'] {
  return { ...asked, [field]: [...(asked[field] ?? []), { value, source }] };
}

/** What the write is compared with: the value last seen; of the existence of a row, the delete that was seen (B10). */
function seenOf(state: RecordState, { side, field }: Desire): string | null {
  return side === 'twenty' && field === ALIVE ? state.diedAt : register(state, side, field).value;
}

function without<V>(entries: Readonly<Record<string, V>>, field: string): Readonly<Record<string, V>> {
  if (entries[field] === undefined) return entries;
  return Object.fromEntries(Object.entries(entries).filter(([name]) => name !== field));
}
