import type { TwentyColumn } from '../discovery/catalog-model.ts';
import { ident } from '../sql.ts';
import type { Parameters } from './parameters.ts';
import type { ColumnValue } from './row-command.ts';

/** How many digits of a second a time was given with: 0 to 6. */
function fractionDigits(time: string): number {
  return Math.min(6, /\d:\d\d:\d\d\.(\d+)/.exec(time)?.[1]?.length ?? 0);
}

/** Equal as far as the given time goes: `12:00:00Z` holds for every instant of that second. */
function timeCondition(name: string, time: string, parameters: Parameters): string {
  const from = `${parameters.add(time)}::timestamptz`;
  const digits = fractionDigits(time);
  if (digits === 6) return `${name} IS NOT DISTINCT FROM ${from}`;
  const step = `interval '${(10 ** -digits).toFixed(digits)} seconds'`;
  return `(${name} >= ${from} AND ${name} < ${from} + ${step}) IS TRUE`;
}

/** The options of a MULTI_SELECT have no order, and none is the same as NULL. */
function optionsCondition(name: string, value: ColumnValue, parameters: Parameters): string {
  const sorted = (source: string) =>
    `ARRAY(SELECT e COLLATE "C" FROM unnest(${source}::text[]) e ORDER BY 1)`;
  return `${sorted(name)} = ${sorted(parameters.add(value))}`;
}

const BY_BASE_TYPE: Readonly<Record<string, string>> = {
  numeric: 'numeric',
  int2: 'numeric',
  int4: 'numeric',
  int8: 'numeric',
  float4: 'float8',
  float8: 'float8',
  bool: 'boolean',
  uuid: 'uuid',
  date: 'date',
  jsonb: 'jsonb',
};

/** SQL that is true while the column still holds the value last seen; '' and NULL count as the same. */
export function expectedCondition(column: TwentyColumn, value: ColumnValue, parameters: Parameters): string {
  const name = ident(column.name);
  if (column.isArray && column.enumValues) return optionsCondition(name, value, parameters);
  if (column.isArray) {
    return `COALESCE(${name}::text[], '{}') = COALESCE(${parameters.add(value)}::text[], '{}')`;
  }
  const type = BY_BASE_TYPE[column.baseType];
  const seen = value === '' ? null : value;
  if (type) return `${name} IS NOT DISTINCT FROM ${parameters.add(seen)}::${type}`;
  if (column.baseType === 'timestamptz' && typeof seen === 'string')
    return timeCondition(name, seen, parameters);
  return `NULLIF(${name}::text, '') IS NOT DISTINCT FROM ${parameters.add(seen)}::text`;
}
