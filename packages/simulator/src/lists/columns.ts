import { invalidRequest, isRefusal, notFound, refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Column } from '../state/model.ts';
import { internalName } from './column-name.ts';
import { facetSettings, facetsIn, isObject } from './facet.ts';
import { SYSTEM_COLUMNS, isSystemName } from './system-columns.ts';

/** Most indexed columns SharePoint allows on one list. */
const MAX_INDEXED = 20;

/** A new column from a Graph columnDefinition, or why Graph would refuse it. */
export function makeColumn(definition: unknown, siblings: readonly Column[], id: string): Column | Refusal {
  if (!isObject(definition)) return invalidRequest('a column definition must be an object');
  const facets = facetsIn(definition);
  if (facets.length > 1) return invalidRequest(`column facets exclude each other: ${facets.join(', ')}`);
  const facet = facets[0] ?? 'text';
  const name = columnName(definition, siblings);
  if (isRefusal(name)) return name;
  const column: Column = {
    id,
    name,
    displayName: textOr(definition['displayName'], name),
    description: textOr(definition['description'], ''),
    enforceUniqueValues: definition['enforceUniqueValues'] === true,
    hidden: definition['hidden'] === true,
    indexed: definition['indexed'] === true,
    readOnly: false,
    required: definition['required'] === true,
    facet,
    settings: facetSettings(facet, definition[facet]),
  };
  return checkColumn(column, siblings) ?? column;
}

/** The column after a PATCH; the internal name never changes. */
export function changeColumn(column: Column, patch: unknown, siblings: readonly Column[]): Column | Refusal {
  if (!isObject(patch)) return invalidRequest('the body must be a column definition');
  const facets = facetsIn(patch);
  if (facets.some((facet) => facet !== column.facet))
    return invalidRequest('a column cannot change its type');
  const changed: Column = {
    ...column,
    displayName: textOr(patch['displayName'], column.displayName),
    description: textOr(patch['description'], column.description),
    enforceUniqueValues: flagOr(patch['enforceUniqueValues'], column.enforceUniqueValues),
    hidden: flagOr(patch['hidden'], column.hidden),
    indexed: flagOr(patch['indexed'], column.indexed),
    required: flagOr(patch['required'], column.required),
    settings: facetSettings(column.facet, patch[column.facet], column.settings),
  };
  const others = siblings.filter((sibling) => sibling.id !== column.id);
  return checkColumn(changed, others) ?? changed;
}

/** A column by id or internal name. */
export function findColumn(columns: readonly Column[], key: string): Column | Refusal {
  const found = columns.find((column) => column.id === key || column.name === key);
  return found ?? notFound(`no column '${key}'`);
}

/** Columns as Graph lists them: the list's own, then the system ones. */
export function allColumns(own: readonly Column[]): readonly Column[] {
  return [...own, ...SYSTEM_COLUMNS];
}

export function columnBody(column: Column): Record<string, unknown> {
  const { facet, settings, ...common } = column;
  return { columnGroup: 'Custom Columns', ...common, [facet]: settings };
}

function columnName(definition: Record<string, unknown>, siblings: readonly Column[]): string | Refusal {
  const taken = (name: string): boolean =>
    isSystemName(name) || siblings.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const given = definition['name'];
  if (typeof given === 'string' && given !== '') {
    if (taken(given)) return refuse(409, 'nameAlreadyExists', `Name already exists: ${given}`);
    return internalName(given, taken);
  }
  const typed = definition['displayName'];
  if (typeof typed !== 'string' || typed === '') return invalidRequest('a column needs a name');
  return internalName(typed, taken);
}

function checkColumn(column: Column, others: readonly Column[]): Refusal | undefined {
  const multiLine = column.facet === 'text' && column.settings['allowMultipleLines'] === true;
  if (multiLine && (column.indexed || column.enforceUniqueValues)) {
    return invalidRequest(`column '${column.name}': several lines of text cannot be indexed or unique`);
  }
  if (column.enforceUniqueValues && !column.indexed) {
    return invalidRequest(`column '${column.name}': enforceUniqueValues needs indexed: true`);
  }
  const maxLength = column.settings['maxLength'];
  if (column.facet === 'text' && typeof maxLength === 'number' && maxLength > 255) {
    return invalidRequest(`column '${column.name}': maxLength is at most 255`);
  }
  const indexed = others.filter((other) => other.indexed).length + (column.indexed ? 1 : 0);
  return indexed > MAX_INDEXED
    ? invalidRequest(`a list has at most ${MAX_INDEXED} indexed columns`)
    : undefined;
}

const textOr = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);
const flagOr = (value: unknown, fallback: boolean): boolean =>
  typeof value === 'boolean' ? value : fallback;
