import type { TwentyColumn } from '../discovery/catalog-model.ts';
import { ident, qualified } from '../sql.ts';
import { storedValue } from './column-value.ts';
import { expectedCondition } from './expected-condition.ts';
import { Parameters } from './parameters.ts';
import type { ColumnValue, RowCommand, RowPlace } from './row-command.ts';

/** A statement with its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly ColumnValue[];
}

/** Who the pipeline says it is in `updatedBy*` and `createdBy*`. */
export interface Stamp {
  readonly name: string;
  /** JSON text for the context column; the mark by which our own changes are told from a person's. */
  readonly context: string;
}

type Columns = ReadonlyMap<string, TwentyColumn>;

/** LSN as a plain decimal. Taken while the row is locked, it orders this write among all changes of the row. */
export const LSN = `(pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text`;

function actorValues(field: string, stamp: Stamp): readonly (readonly [string, ColumnValue])[] {
  return [
    [`${field}Source`, 'API'],
    [`${field}WorkspaceMemberId`, null],
    [`${field}Name`, stamp.name],
    [`${field}Context`, stamp.context],
  ];
}

function stampValues(command: RowCommand, stamp: Stamp): readonly (readonly [string, ColumnValue])[] {
  const updated = actorValues('updatedBy', stamp);
  return command.kind === 'insert' ? [...actorValues('createdBy', stamp), ...updated] : updated;
}

/** The values the command gives, and those that Twenty's own server would set beside them where they exist. */
function allValues(
  columns: Columns,
  command: RowCommand,
  stamp: Stamp,
): ReadonlyMap<TwentyColumn, ColumnValue> {
  const given = new Map(Object.entries(command.values));
  const stamped = stampValues(command, stamp).filter(([name]) => !given.has(name));
  const result = new Map<TwentyColumn, ColumnValue>();
  for (const [name, value] of [...given, ...stamped]) {
    const column = columns.get(name);
    if (column) result.set(column, storedValue(column, value));
  }
  return result;
}

function touches(columns: Columns, command: RowCommand, name: string): boolean {
  return columns.has(name) && !Object.hasOwn(command.values, name);
}

/** True when the command bears a time, and does not say itself when the row was last updated. */
function isDated(columns: Columns, command: RowCommand): command is RowCommand & { readonly nowIso: string } {
  return (
    command.nowIso !== undefined && columns.has('updatedAt') && !Object.hasOwn(command.expected, 'updatedAt')
  );
}

/**
 * A statement may be carried out long after it was given up, when the row holds again what it expects: by then others have updated
 * the row.
 */
function notUpdatedSince(nowIso: string, parameters: Parameters): string {
  return `("updatedAt" IS NULL OR "updatedAt" <= ${parameters.add(nowIso)}::timestamptz)`;
}

/** The compare-and-set update of one record. */
export function updateStatement(columns: Columns, command: RowCommand, stamp: Stamp): Statement {
  const parameters = new Parameters();
  const sets = [...allValues(columns, command, stamp)].map(
    ([column, value]) => `${ident(column.name)} = ${parameters.add(value)}`,
  );
  if (touches(columns, command, 'updatedAt')) {
    sets.push(`"updatedAt" = ${command.nowIso === undefined ? 'now()' : parameters.add(command.nowIso)}`);
  }
  const same = [`id = ${parameters.add(command.recordId)}`];
  for (const [name, value] of Object.entries(command.expected)) {
    const column = columns.get(name);
    if (column) same.push(expectedCondition(column, value, parameters));
  }
  if (isDated(columns, command)) same.push(notUpdatedSince(command.nowIso, parameters));
  const text = `UPDATE ${qualified(command.schema, command.table)} SET ${sets.join(', ')}
 WHERE ${same.join(' AND ')} RETURNING ${LSN}, *`;
  return { text, values: parameters.values };
}

/** A NULL where the column refuses it leaves the column to its default, as it was never given. */
function leftToDefault(column: TwentyColumn, value: ColumnValue): boolean {
  return value === null && !column.nullable && column.hasDefault;
}

/** The insert of one record; nothing happens when the id is taken. */
export function insertStatement(columns: Columns, command: RowCommand, stamp: Stamp): Statement {
  const parameters = new Parameters();
  const given = [...allValues(columns, command, stamp)]
    .filter(([column, value]) => column.name !== 'id' && !leftToDefault(column, value))
    .map(([column, value]) => [ident(column.name), parameters.add(value)] as const);
  const times = ['createdAt', 'updatedAt']
    .filter((name) => command.nowIso !== undefined && touches(columns, command, name))
    .map((name) => [ident(name), parameters.add(command.nowIso ?? null)] as const);
  const all = [['id', parameters.add(command.recordId)] as const, ...given, ...times];
  const text = `INSERT INTO ${qualified(command.schema, command.table)} (${all.map(([name]) => name).join(', ')})
VALUES (${all.map(([, place]) => place).join(', ')}) ON CONFLICT (id) DO NOTHING RETURNING ${LSN}, *`;
  return { text, values: parameters.values };
}

/**
 * Reads a row after waiting for whoever is changing it; the LSN is taken after that wait. Answers one line, with
 * NULL in every column when there is no such row.
 */
export function readStatement(command: RowPlace): Statement {
  const text = `WITH locked AS MATERIALIZED
  (SELECT * FROM ${qualified(command.schema, command.table)} WHERE id = $1 FOR NO KEY UPDATE)
SELECT ${LSN}, locked.* FROM (VALUES (1)) one LEFT JOIN locked ON true`;
  return { text, values: [command.recordId] };
}
