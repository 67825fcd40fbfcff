/** Decides what a command takes: an insert, a conditional update, or a look at the row. Pure. */
import { ALIVE, NO_VERSION } from '@sync/core';
import { refusedAll } from './answer.ts';
import type { Job, Row, Step } from './job.ts';
import { DELETED_AT, expectedColumns, hasColumn, screen, wishedColumns, wishedLife } from './wishes.ts';

/** A command at its beginning; wishes that cannot stand in the row are refused here. */
export function begin(given: Omit<Job, 'wishes' | 'refusals' | 'attempts' | 'exact'>): Job {
  const { wishes } = given.command;
  const dying = wishes.filter((wish) => wish.field === ALIVE && wish.value === 'false');
  // A dead side takes no fields, so a delete speaks for existence alone.
  const begun = {
    ...given,
    wishes: dying.length > 0 ? dying : wishes,
    refusals: [],
    attempts: 0,
    exact: false,
  };
  return screen(begun);
}

/** The first step, or the next after a field was taken out of the command. */
export function plan(job: Job): Step {
  if (job.wishes.length === 0) return refusedAll(job);
  if (isOutdated(job)) return { do: 'read' };
  if (wishedLife(job) === 'true' && !job.command.exists) return { do: 'insert', values: wishedColumns(job) };
  return { do: 'update', values: { ...lifeColumn(job), ...wishedColumns(job) }, expected: expected(job) };
}

/**
 * True when the command brings anything older than what this writer wrote itself (B12). What comes from no version of the
 * item, a decided value, is older than nothing: it is held to what the row must still hold.
 */
export function isOutdated(job: Job): boolean {
  return job.wishes.some(
    ({ field, source }) => source !== NO_VERSION && source < (job.sources[field] ?? NO_VERSION),
  );
}

/** The row must still hold what was last seen (B10), and be alive unless it is to be brought back. */
function expected(job: Job): Row {
  const alive = wishedLife(job) !== 'true' && hasColumn(job, DELETED_AT);
  return { ...expectedColumns(job), ...(alive ? { [DELETED_AT]: null } : {}) };
}

function lifeColumn(job: Job): Row {
  const life = wishedLife(job);
  if (life === undefined) return {};
  return { [DELETED_AT]: life === 'false' ? job.nowIso : null };
}
