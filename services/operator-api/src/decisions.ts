/** Which decisions follow from what an operator asks for. Pure. */
import type { Conflict, RecordIds, RecordState, Resolution } from '@sync/core';

/** An open question of the brain. */
export interface OpenQuestion {
  readonly ids: RecordIds;
  readonly field: string;
  readonly kind: string;
  readonly base: string | null;
  readonly twentyValue: string | null;
  readonly sharepointValue: string | null;
  readonly twentyVersion: string;
  readonly sharepointVersion: string;
}

export type Verdict =
  { readonly choice: 'twenty' | 'sharepoint' } | { readonly choice: 'value'; readonly value: string | null };

/** The questions that wait for a person, from the newest state of each record. */
export function openQuestions(ids: RecordIds, state: RecordState): OpenQuestion[] {
  return Object.entries(state.review)
    .filter(([field, review]) => review.choice === null && isStill(state, field))
    .map(([field, review]) => ({ ids, field, ...review }));
}

/** A question that a side has moved away from is being judged anew. */
function isStill(state: RecordState, field: string): boolean {
  const review = state.review[field];
  return (
    review !== undefined &&
    (state.twenty[field]?.value ?? null) === review.twentyValue &&
    (state.sharepoint[field]?.value ?? null) === review.sharepointValue
  );
}

export function decisionFor(question: OpenQuestion, verdict: Verdict, decidedAt: number): Resolution {
  const { ids, field, kind, twentyValue, sharepointValue, twentyVersion, sharepointVersion } = question;
  const value = verdict.choice === 'value' ? verdict.value : null;
  const seen = { twentyValue, sharepointValue, twentyVersion, sharepointVersion };
  return { ...ids, field, kind, choice: verdict.choice, value, ...seen, decidedAt };
}

/** Puts the losing value of a conflict back, decided on what both sides hold now; a sentence when there is none. */
export function restoreOf(conflict: Conflict, state: RecordState, decidedAt: number): Resolution | string {
  const { workspaceId, object, recordId, field, winner } = conflict;
  if (winner === 'undecided') return `the conflict on ${field} is open: decide it with \`conflicts resolve\``;
  if (winner === 'merged')
    return `the value of ${field} was made from both; give one with \`conflicts resolve --value\``;
  const [twenty, sharepoint] = [state.twenty[field], state.sharepoint[field]];
  const lost = winner === 'twenty' ? conflict.sharepointValue : conflict.twentyValue;
  return {
    ...{ workspaceId, object, recordId, field, kind: 'restored', choice: 'value', value: lost },
    twentyValue: twenty?.value ?? null,
    sharepointValue: sharepoint?.value ?? null,
    twentyVersion: twenty?.version ?? '',
    sharepointVersion: sharepoint?.version ?? '',
    decidedAt,
  };
}
