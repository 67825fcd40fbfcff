/** Everything a record asks for: existence first, then field by field. */
import { ALIVE } from '@sync/core';
import type { MappingField, RecordState } from '@sync/core';
import { decisionOn, isAsked } from './decision.ts';
import { NOTHING, desire, exists, justWrite, newerWishes } from './desire.ts';
import type { Wanted } from './desire.ts';
import { newerLife, wantedBack, wantedBurial, wantedExistence } from './existence.ts';
import { judge } from './judge.ts';
import type { Policy } from './policy.ts';
import { wantedByDecision, wantedByPolicy } from './settlement.ts';
import { isInFlight, isSeen, register } from './state.ts';

/** Everything the record asks for, now. */
export function wanted(state: RecordState, fields: readonly MappingField[], policy: Policy): Wanted {
  if (isHeld(state, ALIVE)) return NOTHING;
  if (isInFlight(state, ALIVE)) return justWrite(newerLife(state, fields));
  if (!exists(state, 'twenty') && !exists(state, 'sharepoint')) return wantedOfDead(state, fields);
  if (exists(state, 'twenty') !== exists(state, 'sharepoint')) return wantedExistence(state, fields, policy);
  return fields.map((field) => wantedField(state, field, policy)).reduce(both, NOTHING);
}

function wantedOfDead(state: RecordState, fields: readonly MappingField[]): Wanted {
  const back = wantedBack(state, fields);
  return back === NOTHING ? wantedBurial(state) : back;
}

function wantedField(state: RecordState, field: MappingField, policy: Policy): Wanted {
  if (isHeld(state, field.name)) return NOTHING;
  if (isInFlight(state, field.name)) return justWrite(newerWishes(state, [field.name]));
  if (field.derived !== undefined) return wantedDerived(state, field.name);
  // A side that is there but was never seen in this field holds we know not what.
  if (!isSeen(state, 'twenty', field.name) || !isSeen(state, 'sharepoint', field.name)) return NOTHING;
  return decisionOn(state, field.name) === null
    ? wantedByJudgement(state, field, policy)
    : wantedByDecision(state, field.name);
}

function wantedByJudgement(state: RecordState, field: MappingField, policy: Policy): Wanted {
  const judgement = judge(state, field.name);
  if (judgement === 'twentyMoved') return justWrite([desire(state, 'sharepoint', field.name)]);
  if (judgement === 'sharepointMoved') return justWrite([desire(state, 'twenty', field.name)]);
  return judgement === 'bothMoved' ? wantedByPolicy(state, field, policy) : NOTHING;
}

/** Twenty decides a derived field alone: an edit in SharePoint is put back, without a conflict. */
function wantedDerived(state: RecordState, field: string): Wanted {
  if (!isSeen(state, 'twenty', field) || !isSeen(state, 'sharepoint', field)) return NOTHING;
  const same = register(state, 'twenty', field).value === register(state, 'sharepoint', field).value;
  return same ? NOTHING : justWrite([desire(state, 'sharepoint', field)]);
}

/** True while a field is parked after a refusal, or lies with a person, and nothing has changed since. */
function isHeld(state: RecordState, field: string): boolean {
  const twenty = register(state, 'twenty', field);
  const sharepoint = register(state, 'sharepoint', field);
  const parked = state.parked[field];
  if (parked?.twentyVersion === twenty.version && parked.sharepointVersion === sharepoint.version)
    return true;
  return isAsked(state, field);
}

function both(a: Wanted, b: Wanted): Wanted {
  return { desires: [...a.desires, ...b.desires], questions: [...a.questions, ...b.questions] };
}
