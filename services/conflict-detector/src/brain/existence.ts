/** Whether a record lives: who follows whom, and what a birth or a death takes along. */
import { ALIVE } from '@sync/core';
import type { MappingField, RecordState, Side } from '@sync/core';
import { decisionOn } from './decision.ts';
import { NOTHING, clashOf, desire, exists, justWrite, names, newerWishes, unfounded } from './desire.ts';
import type { Clash, Desire, Wanted } from './desire.ts';
import { hasMoved } from './judge.ts';
import type { Policy } from './policy.ts';
import { isSeen, other, register } from './state.ts';

export function wantedExistence(state: RecordState, fields: readonly MappingField[], policy: Policy): Wanted {
  const decision = decisionOn(state, ALIVE);
  if (decision !== null)
    return follow(state, fields, decision.choice === 'sharepoint' ? 'sharepoint' : 'twenty', []);
  const judgement = judgeExistence(state);
  if (judgement !== 'bothMoved')
    return follow(state, fields, judgement === 'sharepointMoved' ? 'sharepoint' : 'twenty', []);
  const clash = clashOf(state, ALIVE, policy);
  return clash.winner === 'undecided'
    ? { desires: [], questions: [{ clash, answer: null }] }
    : follow(state, fields, clash.winner === 'sharepoint' ? 'sharepoint' : 'twenty', [clash]);
}

function follow(
  state: RecordState,
  fields: readonly MappingField[],
  from: Side,
  conflicts: readonly Clash[],
): Wanted {
  return justWrite(
    exists(state, from) ? comeToLife(state, fields, from, conflicts) : [die(state, fields, from, conflicts)],
  );
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

/** B11: a delete records the edits it buries; where the record is dead already, its own delete has taken them. */
function die(
  state: RecordState,
  fields: readonly MappingField[],
  from: Side,
  conflicts: readonly Clash[],
): Desire {
  const victim = other(from);
  const buried = fields
    .filter(
      (field) => exists(state, victim) && field.derived === undefined && hasMoved(state, victim, field.name),
    )
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

/** An item that stands though its record is dead is deleted: a create was carried out late (see learn.ts). */
export function wantedBurial(state: RecordState): Wanted {
  const isStanding =
    (state.top?.etag ?? null) !== null &&
    (state.top?.version ?? '') > register(state, 'sharepoint', ALIVE).version;
  return isStanding ? justWrite([{ ...desire(state, 'sharepoint', ALIVE), value: 'false' }]) : NOTHING;
}

/** A value that went under with its record is put back: the row comes to life with it, and takes the item along. */
export function wantedBack(state: RecordState, fields: readonly MappingField[]): Wanted {
  const back = fields.flatMap(({ name }) => {
    const decision = decisionOn(state, name);
    return decision === null ? [] : [unfounded('twenty', name, decision.value)];
  });
  return back.length === 0 ? NOTHING : justWrite([unfounded('twenty', ALIVE, 'true'), ...back]);
}

/** The same while existence itself is in flight: a record that came back or died meanwhile does so with all that belongs to it. */
export function newerLife(state: RecordState, fields: readonly MappingField[]): Desire[] {
  if (newerWishes(state, [ALIVE]).length === 0) return newerWishes(state, names(fields));
  return exists(state, 'twenty')
    ? comeToLife(state, fields, 'twenty', [])
    : [die(state, fields, 'twenty', [])];
}
