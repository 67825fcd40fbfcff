/** What PostgreSQL's refusals mean to a user. Its own messages hold values, so they are never passed on. */
import type { Refusal, Wish } from '@sync/core';
import type { Job, Seen } from './job.ts';
import { columnsOfWish, ownerOf } from './wishes.ts';

type Refused = Extract<Seen, { saw: 'refused' }>;

interface Meaning {
  readonly code: string;
  readonly reason: string;
}

/** By SQLSTATE (PostgreSQL manual, appendix A) and by the row writer's own codes. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  '23505': {
    code: 'unique-violation',
    reason: 'another record, possibly a deleted one, holds this value: change it there or here',
  },
  '23503': {
    code: 'no-such-record',
    reason: 'the record it refers to does not exist: copy the TwentyId of an existing one',
  },
  '23502': { code: 'value-required', reason: 'Twenty requires a value here: fill it in' },
  '23514': { code: 'value-not-allowed', reason: 'Twenty does not allow this value: choose another' },
  '22P02': { code: 'invalid-value', reason: 'Twenty cannot read the value: write it as Twenty shows it' },
  '22001': { code: 'too-long', reason: 'the text is too long for Twenty: shorten it' },
  '22003': { code: 'out-of-range', reason: 'the number is too large for Twenty: correct it' },
  '22007': { code: 'invalid-date', reason: 'Twenty cannot read the date: correct it' },
  '22008': { code: 'invalid-date', reason: 'there is no such date: correct it' },
  '428C9': { code: 'read-only', reason: 'Twenty computes this field itself' },
  'unknown-column': { code: 'no-such-field', reason: 'Twenty no longer has this field: restore it there' },
  'unknown-table': { code: 'no-such-object', reason: 'Twenty no longer has the table of this object' },
};

/** The job with the blamed wishes refused; all of them when it cannot be told which. */
export function withRefused(job: Job, refused: Refused): Job {
  const blamed = blame(job, refused);
  const { code, reason } = meaningOf(refused.code);
  const refusals: Refusal[] = blamed.map((wish) => ({ field: wish.field, code, reason }));
  return {
    ...job,
    wishes: job.wishes.filter((wish) => !blamed.includes(wish)),
    refusals: [...job.refusals, ...refusals],
  };
}

function meaningOf(state: string): Meaning {
  return (
    MEANINGS[state] ?? { code: 'refused-by-twenty', reason: `PostgreSQL does not take the value (${state})` }
  );
}

function blame(job: Job, refused: Refused): readonly Wish[] {
  const owner = refused.column === undefined ? undefined : ownerOf(job, refused.column);
  if (owner !== undefined) return [owner];
  const named = job.wishes.filter((wish) =>
    columnsOfWish(job, wish).some((column) => refused.constraint?.includes(column)),
  );
  return named.length > 0 ? named : job.wishes;
}
