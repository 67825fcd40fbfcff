import { invalidRequest, isRefusal, refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Actor, Column, Fact, List, Site } from '../state/model.ts';
import type { ListState, SimState } from '../state/state.ts';
import { makeColumn } from './columns.ts';
import { isObject } from './facet.ts';
import { titleColumn } from './system-columns.ts';

export interface ListWrite {
  readonly list: List;
  readonly facts: readonly Fact[];
}

interface Moment {
  readonly actor: Actor;
  readonly now: number;
  readonly newId: () => string;
}

/** A new generic list with all its columns, from the body of `POST /sites/{id}/lists`. */
export function createList(state: SimState, site: Site, body: unknown, moment: Moment): ListWrite | Refusal {
  const displayName = isObject(body) ? body['displayName'] : undefined;
  if (!isObject(body) || typeof displayName !== 'string' || displayName.trim() === '') {
    return invalidRequest('displayName is required');
  }
  if (findList(state, site, displayName) !== undefined) {
    return refuse(409, 'nameAlreadyExists', 'Name already exists');
  }
  const columns = makeColumns(body['columns'], moment.newId);
  if (isRefusal(columns)) return columns;
  const list: List = {
    id: moment.newId(),
    siteId: site.id,
    name: displayName.replace(/[^\p{L}\p{N} _-]/gu, ''),
    displayName,
    description: typeof body['description'] === 'string' ? body['description'] : '',
    createdBy: moment.actor,
    createdAt: moment.now,
    modifiedAt: moment.now,
    version: 0,
    columns,
    epoch: 0,
  };
  return { list, facts: [{ t: 'list', list }] };
}

function makeColumns(given: unknown, newId: () => string): readonly Column[] | Refusal {
  if (given !== undefined && !Array.isArray(given)) return invalidRequest('columns must be an array');
  const columns: Column[] = [titleColumn(newId())];
  for (const definition of given ?? []) {
    const column = makeColumn(definition, columns, newId());
    if (isRefusal(column)) return column;
    columns.push(column);
  }
  return columns;
}

/** A list of the site by id or title. */
export function findList(state: SimState, site: Site, key: string): ListState | undefined {
  const byId = state.lists.get(key.toLowerCase());
  if (byId?.info.siteId === site.id) return byId;
  const wanted = key.toLowerCase();
  return listsOf(state, site).find(
    ({ info }) => info.displayName.toLowerCase() === wanted || info.name.toLowerCase() === wanted,
  );
}

export function listsOf(state: SimState, site: Site): ListState[] {
  return [...state.lists.values()].filter((list) => list.info.siteId === site.id);
}

/** The list with other columns; its version grows. */
export function withColumns(list: List, columns: readonly Column[], now: number): List {
  return { ...list, columns, modifiedAt: now, version: list.version + 1 };
}
