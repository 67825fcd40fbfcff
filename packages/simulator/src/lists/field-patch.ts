import { invalidRequest, isRefusal, refuse, unknownField } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Column, Fields, FieldValue } from '../state/model.ts';
import { isObject } from './facet.ts';
import { storedValue } from './field-values.ts';
import type { ValueRules } from './field-values.ts';
import { isSystemName } from './system-columns.ts';

/** Column name → new value, `null` to blank it. */
export type FieldPatch = ReadonlyMap<string, FieldValue | null>;

/** Reads the `fields` object of a write against the columns of the list. */
export function readPatch(
  input: unknown,
  columns: readonly Column[],
  rules: ValueRules,
): FieldPatch | Refusal {
  if (!isObject(input)) return invalidRequest('fields must be an object');
  const patch = new Map<string, FieldValue | null>();
  for (const [name, value] of Object.entries(input)) {
    if (name.includes('@odata.')) continue;
    const column = writableColumn(name, columns);
    if (isRefusal(column)) return column;
    const stored = storedValue({ column, value, odataType: input[`${name}@odata.type`], rules });
    if (isRefusal(stored)) return stored;
    patch.set(column.name, stored);
  }
  return patch;
}

export function patched(fields: Fields, patch: FieldPatch): Fields {
  const next = new Map<string, FieldValue>(Object.entries(fields));
  for (const [name, value] of patch) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return Object.fromEntries(next);
}

/** Lookups and people are written as `XLookupId`; everything else under its own internal name. */
function writableColumn(name: string, columns: readonly Column[]): Column | Refusal {
  if (isSystemName(name)) return refuse(400, 'invalidRequest', `Field '${name}' is read-only`);
  // Graph does not find a column whose internal name begins with an underscore.
  if (name.startsWith('_')) return unknownField(name);
  const column = columns.find((candidate) => writeName(candidate) === name);
  return column ?? unknownField(name);
}

/** The key under which a column appears in `fields`. */
export function writeName(column: Column): string {
  return column.facet === 'lookup' || column.facet === 'personOrGroup'
    ? `${column.name}LookupId`
    : column.name;
}
