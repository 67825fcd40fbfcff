import { badRequest, refuse, unknownField } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Column, FieldValue, Item, List } from '../state/model.ts';
import { itemsWithValue } from '../state/state.ts';
import type { ListState } from '../state/state.ts';

export interface ItemFilter {
  readonly column: Column;
  readonly value: FieldValue;
}

const CLAUSE = /^\s*fields\/([A-Za-z_][\w]*)\s+eq\s+(.+?)\s*$/;
const THRESHOLD = 5_000;
const UNINDEXED_HEADER = 'HonorNonIndexedQueriesWarningMayFailRandomly';

/** Reads `fields/X eq 'value'`, the one form this simulator answers. */
export function parseFilter(text: string, list: List, prefer: string | undefined): ItemFilter | Refusal {
  const found = CLAUSE.exec(text);
  const value = literal(found?.[2] ?? '');
  if (found === null || value === null) return badRequest('Invalid filter clause');
  const name = found[1] ?? '';
  const column = list.columns.find((one) => one.name === name);
  if (column === undefined) return unknownField(name);
  const allowed = column.indexed || prefer?.includes(UNINDEXED_HEADER) === true;
  return allowed ? { column, value } : notIndexed(name);
}

/** The live items that match, in id order. */
export function filtered(list: ListState, filter: ItemFilter): Item[] | Refusal {
  if (filter.column.indexed) return itemsWithValue(list, filter.column.name, filter.value);
  const live = [...list.items.values()].filter((item) => !item.deleted);
  if (live.length > THRESHOLD) {
    const message = 'The attempted operation is prohibited because it exceeds the list view threshold.';
    return refuse(500, 'generalException', message);
  }
  const wanted = String(filter.value).toLowerCase();
  return live.filter((item) => String(item.fields[filter.column.name] ?? '').toLowerCase() === wanted);
}

function literal(text: string): FieldValue | null {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text);
  if (quoted !== null) return (quoted[1] ?? '').replaceAll("''", "'");
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** The captured wording, the same for a list of three rows. */
function notIndexed(name: string): Refusal {
  const message =
    `Field '${name}' cannot be referenced in filter or orderby as it is not indexed. ` +
    `Provide the 'Prefer: ${UNINDEXED_HEADER}' header to allow this, ` +
    'but be warned that such queries may fail on large lists.';
  return refuse(400, 'invalidRequest', message);
}
