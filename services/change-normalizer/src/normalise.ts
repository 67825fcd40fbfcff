/** A raw row as a public change. Pure. */
import { workspaceIdOfSchema } from '@sync/core';
import type { RowValue, TwentyChange, TwentyOp } from '@sync/core';
import type { RawColumns, RawRow } from './raw-row.ts';

/** What Debezium writes for a TOAST value that PostgreSQL did not send. */
const UNAVAILABLE = '__debezium_unavailable_value';

/** Columns that Twenty touches without anybody having changed anything: a change of these alone is none. */
const BOOKKEEPING: readonly string[] = [
  'updatedAt',
  'updatedBySource',
  'updatedByWorkspaceMemberId',
  'updatedByName',
  'updatedByContext',
  'position',
  'searchVector',
];

export type Normalised =
  | { readonly kind: 'change'; readonly change: TwentyChange }
  | { readonly kind: 'drop'; readonly reason: 'no-op' | 'not-a-workspace' }
  | { readonly kind: 'malformed'; readonly reason: string };

export function normalise(row: RawRow, epoch: number): Normalised {
  const workspaceId = workspaceIdOfSchema(row.schema);
  if (workspaceId === undefined) return { kind: 'drop', reason: 'not-a-workspace' };
  const columns = row.op === 'd' ? row.before : row.after;
  const recordId = columns?.['id'];
  if (columns === null || typeof recordId !== 'string')
    return { kind: 'malformed', reason: 'the row has no id' };
  const before = comparable(row);
  const changed = before === null || row.after === null ? null : changedColumns(before, row.after);
  if (changed?.every((column) => BOOKKEEPING.includes(column)) === true)
    return { kind: 'drop', reason: 'no-op' };
  const custom = row.table.startsWith('_');
  return {
    kind: 'change',
    change: {
      op: operation(row),
      workspaceId,
      object: custom ? row.table.slice(1) : row.table,
      recordId,
      custom,
      version: { epoch, lsn: row.lsn, order: row.order },
      committedAt: row.committedAt,
      transactionId: row.transactionId,
      origin: row.origin,
      fields: row.op === 'd' ? {} : available(columns),
      unchanged: row.op === 'd' ? [] : Object.keys(columns).filter((name) => isUnavailable(columns[name])),
      changed,
    },
  };
}

/** The row before, when it is whole: with the default replica identity PostgreSQL sends the key alone, or nothing. */
function comparable(row: RawRow): RawColumns | null {
  if (row.op !== 'u' || row.before === null || row.after === null) return null;
  const others = Object.keys(row.before).filter((name) => name !== 'id' && row.before?.[name] !== null);
  return others.length === 0 ? null : row.before;
}

function operation(row: RawRow): TwentyOp {
  if (row.op === 'c') return 'create';
  if (row.op === 'r') return 'snapshot';
  if (row.op === 'd') return 'delete';
  const before = comparable(row);
  const isDeleted = (row.after?.['deletedAt'] ?? null) !== null;
  if (before === null) return 'update';
  const wasDeleted = (before['deletedAt'] ?? null) !== null;
  if (isDeleted === wasDeleted) return 'update';
  return isDeleted ? 'softDelete' : 'restore';
}

function changedColumns(before: RawColumns, after: RawColumns): string[] {
  return Object.keys(after).filter(
    (name) => !isUnavailable(after[name]) && !sameValue(before[name] ?? null, after[name] ?? null),
  );
}

function sameValue(a: RowValue, b: RowValue): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  );
}

function available(columns: RawColumns): RawColumns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => !isUnavailable(value)));
}

function isUnavailable(value: RowValue | undefined): boolean {
  return value === UNAVAILABLE || (Array.isArray(value) && value.length === 1 && value[0] === UNAVAILABLE);
}
