/** What the brain would like to write, before it is known whether it may. */
import { ALIVE } from '@sync/core';
import type { ConflictKind, MappingField, RecordState, Side, Winner } from '@sync/core';
import { hasMoved, judge } from './judge.ts';
import { settle } from './policy.ts';
import type { Policy } from './policy.ts';
import { isInFlight, isSeen, other, register } from './state.ts';

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

export interface Wanted {
  readonly desires: readonly Desire[];
  /** Conflicts that wait for a person: nothing is written. */
  readonly undecided: readonly Clash[];
}

const NOTHING: Wanted = { desires: [], undecided: [] };

/** Everything the record asks for, now. */
export function wanted(state: RecordState, fields: readonly MappingField[], policy: Policy): Wanted {
  if (isHeld(state, ALIVE)) return NOTHING;
  if (isInFlight(state, ALIVE)) return { desires: newerLife(state, fields), undecided: [] };
  if (!exists(state, 'twenty') && !exists(state, 'sharepoint')) return NOTHING;
  if (exists(state, 'twenty') !== exists(state, 'sharepoint')) return wantedExistence(state, fields, policy);
  return fields.map((field) => wantedField(state, field, policy)).reduce(both, NOTHING);
}

function wantedExistence(state: RecordState, fields: readonly MappingField[], policy: Policy): Wanted {
  const judgement = judgeExistence(state);
  const clash = judgement === 'bothMoved' ? clashOf(state, ALIVE, policy) : null;
  if (clash?.winner === 'undecided') return { desires: [], undecided: [clash] };
  const from = clash?.winner ?? (judgement === 'sharepointMoved' ? 'sharepoint' : 'twenty');
  const conflicts = clash === null ? [] : [clash];
  return exists(state, from)
    ? { desires: comeToLife(state, fields, from, conflicts), undecided: [] }
    : { desires: [die(state, fields, from, conflicts)], undecided: [] };
}

/** A record that was never seen on a side is absent there without having moved. */
function judgeExistence(state: RecordState): 'twentyMoved' | 'sharepointMoved' | 'bothMoved' {
  const twenty = hasMoved(state, 'twenty', ALIVE);
  const sharepoint = hasMoved(state, 'sharepoint', ALIVE);
  if (twenty && sharepoint) return 'bothMoved';
  return sharepoint ? 'sharepointMoved' : 'twentyMoved';
}

/** B11: coming to life takes all fields. */
function comeToLife(
  state: RecordState,
  fields: readonly MappingField[],
  from: Side,
  conflicts: readonly Clash[],
): Desire[] {
  const taken = fields.filter(
    (field) => isSeen(state, from, field.name) && (from === 'twenty' || field.derived === undefined),
  );
  return [ALIVE, ...names(taken)].map((field) => ({
    ...desire(state, other(from), field),
    conflicts: field === ALIVE ? conflicts : [],
  }));
}

/** B11: a delete records the edits it buries. */
function die(
  state: RecordState,
  fields: readonly MappingField[],
  from: Side,
  conflicts: readonly Clash[],
): Desire {
  const victim = other(from);
  const buried = fields
    .filter((field) => field.derived === undefined && hasMoved(state, victim, field.name))
    .filter((field) => state[victim][field.name]?.value !== state[from][field.name]?.value)
    .map((field): Clash => ({
      field: field.name,
      kind: 'buriedByDelete',
      strategy: 'delete',
      rule: 'delete/buries',
      winner: from,
    }));
  return { ...desire(state, victim, ALIVE), conflicts: [...conflicts, ...buried] };
}

function wantedField(state: RecordState, field: MappingField, policy: Policy): Wanted {
  if (isHeld(state, field.name)) return NOTHING;
  if (isInFlight(state, field.name)) return { desires: newerWishes(state, [field.name]), undecided: [] };
  if (field.derived !== undefined) return wantedDerived(state, field.name);
  // A side that is there but was never seen in this field holds we know not what.
  if (!isSeen(state, 'twenty', field.name) || !isSeen(state, 'sharepoint', field.name)) return NOTHING;
  return wantedByJudgement(state, field.name, policy);
}

function wantedByJudgement(state: RecordState, field: string, policy: Policy): Wanted {
  const judgement = judge(state, field);
  if (judgement === 'twentyMoved') return { desires: [desire(state, 'sharepoint', field)], undecided: [] };
  if (judgement === 'sharepointMoved') return { desires: [desire(state, 'twenty', field)], undecided: [] };
  if (judgement !== 'bothMoved') return NOTHING;
  const clash = clashOf(state, field, policy);
  if (clash.winner === 'undecided') return { desires: [], undecided: [clash] };
  return { desires: [{ ...desire(state, other(clash.winner), field), conflicts: [clash] }], undecided: [] };
}

/** Twenty decides a derived field alone: an edit in SharePoint is put back, without a conflict. */
function wantedDerived(state: RecordState, field: string): Wanted {
  if (!isSeen(state, 'twenty', field) || !isSeen(state, 'sharepoint', field)) return NOTHING;
  const same = register(state, 'twenty', field).value === register(state, 'sharepoint', field).value;
  return same ? NOTHING : { desires: [desire(state, 'sharepoint', field)], undecided: [] };
}

/** B5, first half: an open wish for SharePoint may be replaced when Twenty has moved on. Wishes for Twenty wait (B10). */
function newerWishes(state: RecordState, fields: readonly string[]): Desire[] {
  return fields
    .filter((field) => {
      const open = state.outSharepoint?.wishes[field];
      const now = register(state, 'twenty', field);
      return open !== undefined && now.value !== open.value && now.version >= open.source;
    })
    .map((field) => desire(state, 'sharepoint', field));
}

/** The same while existence itself is in flight: a record that came back or died meanwhile does so with all that belongs to it. */
function newerLife(state: RecordState, fields: readonly MappingField[]): Desire[] {
  if (newerWishes(state, [ALIVE]).length === 0) return newerWishes(state, names(fields));
  return exists(state, 'twenty')
    ? comeToLife(state, fields, 'twenty', [])
    : [die(state, fields, 'twenty', [])];
}

function desire(state: RecordState, side: Side, field: string): Desire {
  const from = register(state, other(side), field);
  return { side, field, value: from.value, source: from.version, conflicts: [] };
}

function clashOf(state: RecordState, field: string, policy: Policy): Clash {
  const kind = state.agreed[field] === undefined ? 'firstMeeting' : 'bothEdited';
  return {
    field,
    kind,
    ...settle(policy, field, register(state, 'twenty', field).at, register(state, 'sharepoint', field).at),
  };
}

/** True while a field is parked after a refusal, or lies with a person, and nothing has changed since. */
function isHeld(state: RecordState, field: string): boolean {
  const twenty = register(state, 'twenty', field);
  const sharepoint = register(state, 'sharepoint', field);
  const parked = state.parked[field];
  if (parked?.twentyVersion === twenty.version && parked.sharepointVersion === sharepoint.version)
    return true;
  const review = state.review[field];
  return (
    review !== undefined && review.twentyValue === twenty.value && review.sharepointValue === sharepoint.value
  );
}

export function exists(state: RecordState, side: Side): boolean {
  return register(state, side, ALIVE).value === 'true';
}

function names(fields: readonly MappingField[]): string[] {
  return fields.map((field) => field.name);
}

function both(a: Wanted, b: Wanted): Wanted {
  return { desires: [...a.desires, ...b.desires], undecided: [...a.undecided, ...b.undecided] };
}
