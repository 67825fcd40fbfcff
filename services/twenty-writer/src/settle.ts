/** Decides what follows from what a request met: the next request, or the answer. Pure. */
import { observed, refusedAll, written } from './answer.ts';
import type { Job, Request, Row, Seen, Turn } from './job.ts';
import { isAlive, pictureOf } from './picture.ts';
import { isOutdated, plan } from './plan.ts';
import { withRefused } from './refusals.ts';
import { DELETED_AT, UPDATED_AT, guardedFields, hasColumn, wishedColumns, wishedLife } from './wishes.ts';

/** The turn after a request. */
export function settle(before: Job, request: Request, seen: Seen): Turn {
  const job = { ...before, attempts: before.attempts + 1 };
  if (seen.saw === 'written') return { job, step: written(job, seen.lsn) };
  if (seen.saw === 'refused') return afterRefusal(job, seen);
  return afterRow(job, request, seen.row, seen.lsn);
}

/** What the row writer took offence at is left out, and the rest is tried without it. */
function afterRefusal(job: Job, seen: Extract<Seen, { saw: 'refused' }>): Turn {
  const rest = withRefused(job, seen);
  const left = rest.wishes.length > 0;
  return { job: rest, step: left ? plan(rest) : refusedAll(rest) };
}

function afterRow(job: Job, request: Request, row: Row | null, lsn: bigint): Turn {
  // Gone for good, and brought back on the other side: the wishes of a life are all there is of it.
  if (request.do === 'update' && row === null && wishedLife(job) === 'true' && !isOutdated(job))
    return { job, step: { do: 'insert', values: wishedColumns(job) } };
  const picture = pictureOf(job, row, lsn);
  if (request.do !== 'update' || row === null || job.exact || !isAsSeen(job, row, picture.values)) {
    return { job, step: observed(job, picture) };
  }
  // A canonical value can be coarser than the row (whole seconds, a URL without its last slash), and the clock of whoever
  // updated it can be ahead of ours: compare exactly now.
  const compared = [...Object.keys(request.expected), ...(hasColumn(job, UPDATED_AT) ? [UPDATED_AT] : [])];
  const expected = Object.fromEntries(compared.map((column) => [column, row[column] ?? null]));
  return { job: { ...job, exact: true }, step: { ...request, expected } };
}

/** True when the row lives where it should, or died by no other delete than the one that was seen. */
function isLifeAsSeen(job: Job, row: Row): boolean {
  if (wishedLife(job) !== 'true') return isAlive(row);
  const { diedAt } = job.command;
  return diedAt === null || row[DELETED_AT] === diedAt;
}

/** True when the row holds, in canonical values, what the decision has seen. */
function isAsSeen(job: Job, row: Row, values: Readonly<Record<string, string | null>>): boolean {
  if (isOutdated(job) || !isLifeAsSeen(job, row)) return false;
  const { expected } = job.command;
  return guardedFields(job).every(
    (field) => !(field in values) || values[field] === (expected[field] ?? null),
  );
}
