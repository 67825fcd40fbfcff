/** How a conflict is settled: one complete table, strategy by evidence. */
import type { Side } from '@sync/core';

export type Strategy =
  'lastWriteWins' | 'manualReview' | 'twentyPriority' | 'sharePointPriority' | 'fieldMerge';

/** What the times of the two edits say. `unclear`: closer than the clocks can tell, or no evidence of one of them. */
export type Evidence = 'twentyLater' | 'sharepointLater' | 'unclear';

export type Verdict = Side | 'tieWinner' | 'undecided';

/** fieldMerge settles by these only what two edits changed alike: the same part of a value, or a value that has no parts. */
export const VERDICTS: Readonly<Record<Strategy, Readonly<Record<Evidence, Verdict>>>> = {
  lastWriteWins: { twentyLater: 'twenty', sharepointLater: 'sharepoint', unclear: 'tieWinner' },
  manualReview: { twentyLater: 'undecided', sharepointLater: 'undecided', unclear: 'undecided' },
  twentyPriority: { twentyLater: 'twenty', sharepointLater: 'twenty', unclear: 'twenty' },
  sharePointPriority: { twentyLater: 'sharepoint', sharepointLater: 'sharepoint', unclear: 'sharepoint' },
  fieldMerge: { twentyLater: 'twenty', sharepointLater: 'sharepoint', unclear: 'tieWinner' },
};

export const STRATEGIES = Object.keys(VERDICTS) as readonly Strategy[];

export interface Policy {
  /** Field name to strategy; `alive` is a field too. */
  readonly strategyOf: (field: string) => Strategy;
  /** Time difference, milliseconds, within which two edits count as simultaneous. */
  readonly skewMs: number;
  readonly tieWinner: Side;
  /** Turns of a field from side to side, within the window, after which a person is asked; 0 counts none. */
  readonly loopLimit: number;
  /** Milliseconds. */
  readonly loopWindowMs: number;
}

/** Reads the evidence of two times, milliseconds since 1970. */
export function evidenceOf(twentyAt: number | null, sharepointAt: number | null, skewMs: number): Evidence {
  if (twentyAt === null || sharepointAt === null || Math.abs(twentyAt - sharepointAt) <= skewMs)
    return 'unclear';
  return twentyAt > sharepointAt ? 'twentyLater' : 'sharepointLater';
}

/** Settles a conflict: who wins, and by which row of the table. */
export function settle(policy: Policy, field: string, twentyAt: number | null, sharepointAt: number | null) {
  const strategy = policy.strategyOf(field);
  const evidence = evidenceOf(twentyAt, sharepointAt, policy.skewMs);
  const verdict = VERDICTS[strategy][evidence];
  return {
    strategy,
    rule: `${strategy}/${evidence}`,
    winner: verdict === 'tieWinner' ? policy.tieWinner : verdict,
  } as const;
}
