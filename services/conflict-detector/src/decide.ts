/** What one input means for one record, as records to send: conflicts first, then the state, commands last (B8, B13). */
import { drop, emit, recordKey, to, topics } from '@sync/core';
import type { Outcome, RecordState, Side } from '@sync/core';
import type { Input } from './brain/input.ts';
import { NOTHING_KNOWN, openWishes, withOpenWishes } from './brain/state.ts';
import { think } from './brain/think.ts';
import { command, conflictRecord } from './commands.ts';
import type { Situation } from './situation.ts';

export interface Moment {
  /** Commit time of the change behind the input, milliseconds since 1970. */
  readonly changedAt: number | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function decide(
  known: RecordState | undefined,
  input: Input,
  situation: Situation,
  moment: Moment,
): Outcome {
  const state = known ?? NOTHING_KNOWN;
  const next = think(state, input, {
    fields: situation.fields,
    policy: situation.policy,
    recordId: situation.ids.recordId,
    labelOf: situation.labelOf,
    mayWrite: situation.mayWrite,
    active: situation.binding !== null,
    ...moment,
  });
  if (next.state === state) return drop('nothing-new');
  return emit(
    // A state that was saved makes no conflict a second time, so whoever dies in between must have told it before.
    next.conflicts.map((clash) => conflictRecord(next.state, clash, situation, moment.now)),
    [to(topics.records, recordKey(situation.ids), next.state)],
    next.send.flatMap((side) => command(next.state, side, situation)),
  );
}

/** B8, B14: sends again, unchanged, what has no answer. */
export function resend(known: RecordState | undefined, situation: Situation, moment: Moment): Outcome {
  const sides = (['twenty', 'sharepoint'] as const).filter(
    (side) => known !== undefined && openWishes(known, side) !== null,
  );
  if (known === undefined || sides.length === 0 || situation.binding === null) return drop('nothing-open');
  const state = sides.reduce((next, side) => stamp(next, side, moment.now), known);
  return emit(
    [to(topics.records, recordKey(situation.ids), state)],
    sides.flatMap((side) => command(state, side, situation)),
  );
}

function stamp(state: RecordState, side: Side, now: number): RecordState {
  const open = openWishes(state, side);
  return open === null ? state : withOpenWishes(state, side, { ...open, sentAt: now });
}
