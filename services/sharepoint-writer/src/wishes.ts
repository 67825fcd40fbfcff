/** Wishes as columns of a list, and back from columns to the fields that own them. */
import { ALIVE, IDENTITY_COLUMN, SYNCED_AT_COLUMN, toItem } from '@sync/core';
import type { MappingField, ObjectMapping, Refusal, Wish } from '@sync/core';
import type { Columns, Job } from './job.ts';

/** Parts the wishes that can be written from those that cannot; each of the latter has its reason. */
export function screen(
  mapping: ObjectMapping,
  wishes: readonly Wish[],
): { wishes: Wish[]; refusals: Refusal[] } {
  const refusals = wishes.flatMap((wish) => refusalOf(mapping, wish) ?? []);
  const refused = new Set(refusals.map((refusal) => refusal.field));
  return { wishes: wishes.filter((wish) => !refused.has(wish.field)), refusals };
}

function refusalOf(mapping: ObjectMapping, wish: Wish): Refusal | null {
  if (wish.field === ALIVE) return null;
  const field = fieldOf(mapping, wish.field);
  if (field === undefined) {
    return {
      field: wish.field,
      code: 'no-such-field',
      reason: `the mapping of ${mapping.object} has no field ${wish.field}`,
    };
  }
  const encoded = toItem(field, wish.value);
  return encoded.ok ? null : { field: wish.field, code: encoded.code, reason: encoded.reason };
}

/** The value that the field of existence is wished to have; undefined when it is not wished for. */
export function wishedLife(job: Job): string | null | undefined {
  return job.wishes.find((wish) => wish.field === ALIVE)?.value;
}

/** Columns of an update: those of the wished fields only, and the time of the write. */
export function updateColumns(job: Job): Columns {
  return { ...wishedColumns(job), ...(job.stamp === null ? {} : { [SYNCED_AT_COLUMN.name]: job.stamp }) };
}

/** Columns of a new item; the unique identity column is what makes a second create impossible. */
export function createColumns(job: Job): Columns {
  return { ...updateColumns(job), [IDENTITY_COLUMN]: job.command.recordId };
}

function wishedColumns(job: Job): Columns {
  const encoded = job.wishes.flatMap((wish) => {
    const field = fieldOf(job.mapping, wish.field);
    const columns = field === undefined ? null : toItem(field, wish.value);
    return columns?.ok === true ? [columns.values] : [];
  });
  return Object.assign({}, ...encoded) as Columns;
}

/** The job without the field that owns a column the list does not have; null when no field of it does. */
export function withoutColumn(job: Job, column: string): Job | null {
  if (column === SYNCED_AT_COLUMN.name && job.stamp !== null) return { ...job, stamp: null };
  const owner = job.wishes.find((wish) => owns(fieldOf(job.mapping, wish.field), column));
  if (owner === undefined) return null;
  const reason = `the list has no column ${column}: it is put back when the list is next checked`;
  return refuse(job, [owner], { code: 'missing-column', reason });
}

/** The job with these wishes refused. */
export function refuse(job: Job, wishes: readonly Wish[], why: { code: string; reason: string }): Job {
  const refusals = wishes.map((wish) => ({ field: wish.field, ...why }));
  return {
    ...job,
    wishes: job.wishes.filter((wish) => !wishes.includes(wish)),
    refusals: [...job.refusals, ...refusals],
  };
}

function fieldOf(mapping: ObjectMapping, name: string): MappingField | undefined {
  return mapping.fields.find((field) => field.name === name);
}

function owns(field: MappingField | undefined, column: string): boolean {
  return field?.columns.some(({ name }) => name === column) ?? false;
}
