/** Twenty in the model: a row, its log, and the statements of the row writer. */
import { ALIVE } from '@sync/core';
import type { MappingField, TwentyChange } from '@sync/core';
import type { Input } from '../../services/conflict-detector/src/brain/input.ts';
import { seenInTwenty } from '../../services/conflict-detector/src/sight.ts';
import type { Request, Seen } from '../../services/twenty-writer/src/job.ts';
import { RECORD_ID } from './setup.ts';
import { append, nextLsn } from './world.ts';
import type { Row, Values, World } from './world.ts';
import { noteWrite } from './writes.ts';

const EDIT_MS = 10_000;

/** A committed change of the row: the log will tell it. */
export function commitRow(world: World, row: Row, fields: readonly MappingField[]): World {
  return append({ ...world, row }, 'rowChanges', [changeOf(row, fields)]);
}

/** What the log tells of a row. */
export function changeOf(row: Row, fields: readonly MappingField[]): Input {
  const change: TwentyChange = {
    op: 'update',
    ...{ workspaceId: 'w', object: 'company', recordId: RECORD_ID, custom: false },
    version: { epoch: 1, lsn: row.lsn, order: 0 },
    committedAt: row.at * EDIT_MS,
    ...{ transactionId: null, origin: null, unchanged: [], changed: null },
    fields: columnsOf(row),
  };
  return seenInTwenty(change, fields);
}

function columnsOf(row: Row): Values {
  return { ...row.values, deletedAt: row.exists ? null : 'then' };
}

/** Carries a statement out. */
export function ask(
  world: World,
  request: Request,
  fields: readonly MappingField[],
): { world: World; seen: Seen } {
  const { row } = world;
  if (request.do === 'read' || !fits(row, request)) return { world, seen: stands(row) };
  const { deletedAt, ...values } = request.values as Values;
  const next: Row = {
    exists: deletedAt === undefined ? (row?.exists ?? true) : deletedAt === null,
    values: { ...blank(fields), ...row?.values, ...values },
    lsn: nextLsn(world),
    at: world.people.next,
  };
  const written = noteWrite(world, commitRow(world, next, fields), 'twenty');
  return { world: written, seen: { saw: 'written', lsn: BigInt(next.lsn), row: columnsOf(next) } };
}

function fits(row: Row | null, request: Exclude<Request, { do: 'read' }>): boolean {
  if (request.do === 'insert') return row === null;
  if (row === null) return false;
  const columns = columnsOf(row);
  return Object.entries(request.expected).every(([name, value]) => columns[name] === value);
}

function stands(row: Row | null): Seen {
  return { saw: 'row', lsn: BigInt(row?.lsn ?? 0), row: row === null ? null : columnsOf(row) };
}

export function blank(fields: readonly MappingField[]): Values {
  const own = fields.filter(({ name, derived }) => name !== ALIVE && derived === undefined);
  return { ...Object.fromEntries(own.map(({ name }) => [name, null])), id: RECORD_ID };
}
