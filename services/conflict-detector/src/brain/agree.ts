import { NO_VERSION, younger } from '@sync/core';
import type { RecordState, Register, Side } from '@sync/core';
import { register, withRegister } from './state.ts';

/** Proof that both sides held a value: Twenty at one version, the item at another. */
export interface Proof {
  readonly field: string;
  readonly value: string | null;
  readonly twentyVersion: string;
  readonly sharepointVersion: string;
}

/**
 * B2: agreement moves the base, and nothing else does. It also lifts both registers to the proven versions: what was
 * known of an older version says nothing any more. A proof older than the base leaves the base alone.
 */
export function agree(state: RecordState, proof: Proof): RecordState {
  const { field, value, twentyVersion, sharepointVersion } = proof;
  const known = state.agreed[field];
  const isOlder =
    known !== undefined &&
    (twentyVersion < known.twentyVersion || sharepointVersion < known.sharepointVersion);
  // A value that came from neither side (a decision, the guard of a delete) proves what the written side holds, and no more.
  const isOneSided = twentyVersion === NO_VERSION || sharepointVersion === NO_VERSION;
  const agreed = { ...state.agreed, [field]: { value, twentyVersion, sharepointVersion } };
  const based = isOlder || isOneSided ? state : { ...state, agreed };
  return lift(lift(based, 'twenty', proof, twentyVersion), 'sharepoint', proof, sharepointVersion);
}

function lift(state: RecordState, side: Side, proof: Proof, version: string): RecordState {
  const now = register(state, side, proof.field);
  if (version === NO_VERSION) return state;
  if (state[side][proof.field] !== undefined && now.version >= version) return state;
  return withRegister(state, side, proof.field, moved(now, proof.value, version, null));
}

/** A register at a new version; the evidence of time stays with the value it belongs to. */
export function moved(now: Register, value: string | null, version: string, at: number | null): Register {
  return { value, version: younger(version, now.version), at: now.value === value ? now.at : at };
}
