/** From what is known to what is sent: recognises agreements, opens the wishes that may be opened, tells the conflicts. */
import { ALIVE, NO_VERSION } from '@sync/core';
import type { MappingField, OpenWish, OpenWishes, RecordState, Side } from '@sync/core';
import { agree } from './agree.ts';
import { commandId } from './command-id.ts';
import { wanted } from './desire.ts';
import type { Clash, Desire } from './desire.ts';
import type { Policy } from './policy.ts';
import { isSeen, openWishes, register, withOpenWishes } from './state.ts';

export interface PlanContext {
  /** Fields bound on both sides. */
  readonly fields: readonly MappingField[];
  readonly policy: Policy;
  /** Commit time of the change that is being looked at, milliseconds since 1970. */
  readonly changedAt: number | null;
  /** Milliseconds since 1970; only written down, never compared with. */
  readonly now: number;
}

export interface Plan {
  readonly state: RecordState;
  /** Sides whose open wishes are to be sent, as a command. */
  readonly send: readonly Side[];
  /** Conflicts to be told before the commands (B13). */
  readonly conflicts: readonly Clash[];
}

const SIDES: readonly Side[] = ['sharepoint', 'twenty'];

export function plan(state: RecordState, context: PlanContext): Plan {
  const known = recognise(state, context.fields);
  const { desires, undecided } = wanted(known, context.fields, context.policy);
  const opened = SIDES.reduce<Plan>(
    (so, side) =>
      open(
        so,
        side,
        desires.filter((desire) => desire.side === side),
        context,
      ),
    { state: known, send: [], conflicts: [] },
  );
  return { ...opened, state: ask(opened.state, undecided), conflicts: [...opened.conflicts, ...undecided] };
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
  const open = [state.outTwenty?.wishes[field], state.outSharepoint?.wishes[field]];
  return open.some((wish) => wish !== undefined && wish.asked.some((asked) => asked.value !== value));
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
    changedAt: context.changedAt,
    sentAt: context.now,
  };
  const sent: OpenWishes = { ...unsent, commandId: commandId(side, unsent) };
  const parked = desires.reduce((kept, desire) => without(kept, desire.field), so.state.parked);
  return {
    state: withOpenWishes({ ...so.state, parked }, side, sent),
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
  return { value, source: NO_VERSION, expected: value, asked: [] };
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
  const before = openWishes(state, desire.side)?.wishes[desire.field];
  return {
    value: desire.value,
    source: desire.source,
    expected: register(state, desire.side, desire.field).value,
    asked: [...(before?.asked ?? []), { value: desire.value, source: desire.source }],
  };
}

/** What a person is asked, with what it was asked on. */
function ask(state: RecordState, undecided: readonly Clash[]): RecordState {
  return undecided.reduce((next, { field }) => {
    const [twenty, sharepoint] = [register(next, 'twenty', field), register(next, 'sharepoint', field)];
    const question = {
      base: next.agreed[field]?.value ?? null,
      twentyValue: twenty.value,
      sharepointValue: sharepoint.value,
      twentyVersion: twenty.version,
      sharepointVersion: sharepoint.version,
    };
    return { ...next, review: { ...next.review, [field]: question } };
  }, state);
}

function without<V>(entries: Readonly<Record<string, V>>, field: string): Readonly<Record<string, V>> {
  if (entries[field] === undefined) return entries;
  return Object.fromEntries(Object.entries(entries).filter(([name]) => name !== field));
}
