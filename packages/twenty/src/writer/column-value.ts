import { types } from 'pg';
import type { TwentyColumn } from '../discovery/catalog-model.ts';
import type { ColumnValue, Row } from './row-command.ts';

const NUMBERS = new Set(['float8', 'float4', 'int2', 'int4']);
const TEXTS = new Set(['text', 'varchar', 'bpchar']);
/** Oid of `text[]` (pg_type.dat); its parser serves the arrays of every enum too. */
const TEXT_ARRAY_OID = 1009;
const parserOf = types.getTypeParser as (oid: number, format: 'text') => (text: string) => (string | null)[];

/** Whether an empty text is a value of the column; elsewhere it can only mean NULL. */
export function isText(column: TwentyColumn): boolean {
  return TEXTS.has(column.baseType) && !column.isArray;
}

/** `2026-01-02 03:04:05.12+00`, as PostgreSQL prints it in UTC → `2026-01-02T03:04:05.120000Z`. */
export function isoTime(text: string): string {
  const parts = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text);
  if (!parts) return text;
  return `${parts[1] ?? ''}T${parts[2] ?? ''}.${(parts[3] ?? '').padEnd(6, '0')}Z`;
}

function parseArray(text: string): readonly string[] {
  const parse = parserOf(TEXT_ARRAY_OID, 'text');
  return parse(text).map((element) => element ?? '');
}

/** A column's text from the server as a value without loss. */
export function decodeValue(column: TwentyColumn | undefined, text: string | null): ColumnValue {
  if (text === null || column === undefined) return text;
  if (column.isArray) return parseArray(text);
  if (column.baseType === 'bool') return text === 't';
  if (column.baseType === 'timestamptz') return isoTime(text);
  return NUMBERS.has(column.baseType) ? Number(text) : text;
}

/** A row from the server, without its generated columns: the change stream does not carry them either. */
export function decodeRow(
  columns: ReadonlyMap<string, TwentyColumn>,
  names: readonly string[],
  texts: readonly (string | null)[],
): Row {
  const entries = names.map(
    (name, index) => [name, decodeValue(columns.get(name), texts[index] ?? null)] as const,
  );
  return Object.fromEntries(entries.filter(([name]) => columns.get(name)?.generated !== true));
}

/**
 * A value as Twenty stores it: NULL for the empty text, but '' where the column refuses NULL
 * (text columns up to version 1.11).
 */
export function storedValue(column: TwentyColumn, value: ColumnValue): ColumnValue {
  if (value === '' && column.nullable) return null;
  if (value === null && !column.nullable && isText(column)) return '';
  return value;
}
