/** A field that was edited on both sides: what the policy makes of it, and how a decision is carried out. */
import type { MappingField, RecordState } from '@sync/core';
import { decisionOn } from './decision.ts';
import { NOTHING, clashOf, desire, justWrite, unfounded } from './desire.ts';
import type { Clash, Wanted } from './desire.ts';
import { mergeParts } from './merge.ts';
import type { Policy } from './policy.ts';
import { other, register } from './state.ts';

export function wantedByPolicy(state: RecordState, field: MappingField, policy: Policy): Wanted {
  const settled = clashOf(state, field.name, policy);
  const { clash, value } = mergedOf(state, field, settled);
  if (clash.winner === 'undecided') return { desires: [], questions: [{ clash, answer: null }] };
  if (clash.winner === 'merged')
    return {
      desires: [unfounded('twenty', field.name, value)],
      questions: [{ clash, answer: { choice: 'value', value } }],
    };
  return justWrite([{ ...desire(state, other(clash.winner), field.name), conflicts: [clash] }]);
}

/** Under fieldMerge a value that has parts takes from each side what that one changed. */
function mergedOf(
  state: RecordState,
  field: MappingField,
  clash: Clash,
): { readonly clash: Clash; readonly value: string | null } {
  const [twenty, sharepoint] = (['twenty', 'sharepoint'] as const).map(
    (side) => register(state, side, field.name).value,
  ) as [string | null, string | null];
  const { winner } = clash;
  if (clash.strategy !== 'fieldMerge' || field.hasParts !== true) return { clash, value: null };
  if (winner !== 'twenty' && winner !== 'sharepoint') return { clash, value: null };
  const value = mergeParts(state.agreed[field.name]?.value ?? null, twenty, sharepoint, winner);
  if (value === twenty) return { clash: { ...clash, winner: 'twenty' }, value };
  if (value === sharepoint) return { clash: { ...clash, winner: 'sharepoint' }, value };
  return { clash: { ...clash, rule: 'fieldMerge/parts', winner: 'merged' }, value };
}

/**
 * A decided value goes to Twenty first, as an edit that is made there, then to the item: so an edit of the item that was not
 * seen is met as any other.
 */
export function wantedByDecision(state: RecordState, field: string): Wanted {
  const decision = decisionOn(state, field);
  if (decision === null) return NOTHING;
  if (register(state, 'twenty', field).value !== decision.value)
    return justWrite([
      decision.choice === 'sharepoint'
        ? desire(state, 'twenty', field)
        : unfounded('twenty', field, decision.value),
    ]);
  return register(state, 'sharepoint', field).value === decision.value
    ? NOTHING
    : justWrite([desire(state, 'sharepoint', field)]);
}
