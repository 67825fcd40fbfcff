import { badRequest, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { writeName } from '../lists/field-patch.ts';
import { SYSTEM_COLUMNS } from '../lists/system-columns.ts';
import type { List } from '../state/model.ts';
import { option } from './call.ts';
import type { GraphCall } from './call.ts';

/** Which parts of an item a read asks for. */
export interface ItemSelection {
  /** `null`: no fields at all; `all`; or the chosen names. */
  readonly fields: 'all' | readonly string[] | null;
  /** Top-level properties, or null for all. */
  readonly top: readonly string[] | null;
}

const FIELDS = /^fields(?:\(\$?select=([^()]*)\))?$/;

/** Reads `$expand=fields($select=A,B)` and `$select`; an unknown column refuses the whole read. */
export function itemSelection(call: GraphCall, list: List): ItemSelection | Refusal {
  const top =
    option(call, 'select')
      ?.split(',')
      .map((name) => name.trim()) ?? null;
  const expand = option(call, 'expand')?.trim() ?? '';
  if (expand === '') return { fields: null, top };
  const found = FIELDS.exec(expand.replace(/\s+/g, ''));
  if (found === null) return badRequest(`Parsing OData Select and Expand failed: '${expand}'.`);
  if (found[1] === undefined) return { fields: 'all', top };
  const names = found[1].split(',').filter((name) => name !== '');
  const known = knownNames(list);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) return refuse(400, 'invalidRequest', `Field '${unknown}' is not recognized`);
  return { fields: names, top };
}

const LOOKUP_IDS = ['AuthorLookupId', 'EditorLookupId', 'AppAuthorLookupId', 'AppEditorLookupId'];

function knownNames(list: List): Set<string> {
  const own = list.columns.flatMap((column) => [column.name, writeName(column)]);
  return new Set([...own, ...SYSTEM_COLUMNS.map((column) => column.name), ...LOOKUP_IDS, 'id']);
}
