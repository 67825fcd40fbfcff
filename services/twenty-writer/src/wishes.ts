/** Wishes as columns of a row. */
import { ALIVE, boundColumns, toRow } from '@sync/core';
import type { MappingField, Refusal, Wish } from '@sync/core';
import type { Job, Row } from './job.ts';

/** Soft delete is a column like any other. */
export const DELETED_AT = 'deletedAt';
/** When Twenty, or this writer, last updated the row. */
export const UPDATED_AT = 'updatedAt';

/** The job with every wish refused that cannot stand in the row. */
export function screen(job: Job): Job {
  const refusals = job.wishes.flatMap((wish) => refusalOf(job, wish) ?? []);
  const refused = new Set(refusals.map((refusal) => refusal.field));
  return {
    ...job,
    wishes: job.wishes.filter((wish) => !refused.has(wish.field)),
    refusals: [...job.refusals, ...refusals],
  };
}

function refusalOf(job: Job, wish: Wish): Refusal | null {
  if (wish.field === ALIVE) return null;
  const field = fieldOf(job, wish.field);
  if (field === undefined) return refusal(wish, 'no-such-field', `the mapping has no field ${wish.field}`);
  if (field.derived !== undefined)
    return refusal(wish, 'read-only', 'only Twenty decides this field: edit what it is made from');
  const encoded = toRow(field, wish.value, (column) => hasColumn(job, column));
  return encoded.ok ? optionRefusal(job, wish, encoded.values) : refusal(wish, encoded.code, encoded.reason);
}

/** PostgreSQL would refuse it as well, but without saying which column it is about. */
function optionRefusal(job: Job, wish: Wish, values: Row): Refusal | null {
  for (const column of job.place.object.columns) {
    const value = values[column.name];
    if (column.options.length === 0 || typeof value !== 'string' || column.options.includes(value)) continue;
    return refusal(
      wish,
      'no-such-option',
      `Twenty offers only ${column.options.join(', ')}: choose one of them`,
    );
  }
  return null;
}

function refusal(wish: Wish, code: string, reason: string): Refusal {
  return { field: wish.field, code, reason };
}

/** Column values that make the row hold the wished fields. */
export function wishedColumns(job: Job): Row {
  const values = Object.fromEntries(job.wishes.map(({ field, value }) => [field, value]));
  return columnsOf(job, values);
}

/** Column values, as the decision last saw them, of what is about to be overwritten, buried or brought back. */
export function expectedColumns(job: Job): Row {
  const values = guardedFields(job).map((field) => [field, job.command.expected[field] ?? null] as const);
  return { ...columnsOf(job, Object.fromEntries(values)), ...expectedDeath(job) };
}

/** What is brought back must be dead by the very delete that was seen: a later one is another decision. */
function expectedDeath(job: Job): Row {
  const { diedAt } = job.command;
  return wishedLife(job) === 'true' && diedAt !== null ? { [DELETED_AT]: diedAt } : {};
}

/** Fields that must still be as the decision saw them: the wished ones, and all of them when the record is to die. */
export function guardedFields(job: Job): readonly string[] {
  if (wishedLife(job) === 'false') return Object.keys(job.command.expected);
  return job.wishes.map(({ field }) => field);
}

function columnsOf(job: Job, values: Readonly<Record<string, string | null>>): Row {
  const encoded = Object.entries(values).flatMap(([name, value]) => {
    const field = fieldOf(job, name);
    const columns = field === undefined ? null : toRow(field, value, (column) => hasColumn(job, column));
    return columns?.ok === true ? [columns.values] : [];
  });
  return Object.assign({}, ...encoded) as Row;
}

/** The wish whose field is bound to a column. */
export function ownerOf(job: Job, column: string): Wish | undefined {
  return job.wishes.find((wish) => columnsOfWish(job, wish).includes(column));
}

/** The columns a wish is bound to. */
export function columnsOfWish(job: Job, wish: Wish): readonly string[] {
  const field = fieldOf(job, wish.field);
  return field === undefined ? [] : (boundColumns(field, (column) => hasColumn(job, column)) ?? []);
}

/** The value that the field of existence is wished to have; undefined when it is not wished for. */
export function wishedLife(job: Job): string | null | undefined {
  return job.wishes.find((wish) => wish.field === ALIVE)?.value;
}

export function hasColumn(job: Job, column: string): boolean {
  return job.place.object.columns.some(({ name }) => name === column);
}

function fieldOf(job: Job, name: string): MappingField | undefined {
  return job.mapping.fields.find((field) => field.name === name);
}
