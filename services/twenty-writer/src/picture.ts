/** A row as a complete picture. Fields that only Twenty decides are left out: whoever reads it computes them. */
import { ALIVE, fromRow, twentyVersion } from '@sync/core';
import type { MappingField, Picture, Wish } from '@sync/core';
import type { Job, Row } from './job.ts';
import { DELETED_AT } from './wishes.ts';

/** Sorts after every change of the row up to this LSN. */
const LAST_IN_TRANSACTION = 0xffffffff;

/** The version at which a row was written or read. */
export function versionAt(job: Job, lsn: bigint): string {
  return twentyVersion({ epoch: job.epoch, lsn, order: LAST_IN_TRANSACTION });
}

/** The picture of a row, or of its absence. */
export function pictureOf(job: Job, row: Row | null, lsn: bigint): Picture {
  return {
    exists: isAlive(row),
    version: versionAt(job, lsn),
    itemId: null,
    etag: null,
    modifiedAt: timeOf(row?.['updatedAt']),
    modifiedBy: 'unknown',
    values: row === null ? {} : valuesOf(job, row),
  };
}

/** True when the side holds what is wished. */
export function stands(picture: Picture, wish: Wish): boolean {
  if (wish.field === ALIVE) return wish.value === String(picture.exists);
  return picture.exists && picture.values[wish.field] === wish.value;
}

/** True for a row that is there and not soft-deleted. */
export function isAlive(row: Row | null): boolean {
  return row !== null && (row[DELETED_AT] ?? null) === null;
}

function valuesOf(job: Job, row: Row): Picture['values'] {
  const read = job.mapping.fields.filter(isOwn).map((field) => [field.name, fromRow(field, row)] as const);
  return Object.fromEntries(read.filter((entry): entry is [string, string | null] => entry[1] !== undefined));
}

function isOwn(field: MappingField): boolean {
  return field.derived === undefined || field.derived.from === 'recordId';
}

function timeOf(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
