import type { ListState } from '../state/state.ts';
import type { Item } from '../state/model.ts';
import { option, reply } from './call.ts';
import type { GraphCall, Handler, Route } from './call.ts';
import { filtered, parseFilter } from './item-filter.ts';
import { itemBody, listContext } from './item-payload.ts';
import { itemPlace } from './item-routes.ts';
import { itemSelection } from './item-select.ts';
import { locateList } from './locate.ts';
import { linkWith, pageSize, skipAfter, skipToken } from './page-options.ts';
import { badRequest, isRefusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const readItems: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const selection = itemSelection(call, place.list.info);
  if (isRefusal(selection)) return selection;
  const page = itemsPage(place.list, call, simulator.knobs.pageSize);
  if (isRefusal(page)) return page;
  const at = itemPlace(call, place);
  const last = page.items.at(-1);
  const next = page.more && last !== undefined ? linkWith(call, { $skiptoken: skipToken(last.id) }) : null;
  return reply(200, {
    '@odata.context': `${listContext(at)}/items${selection.fields === null ? '' : '(fields())'}`,
    ...(next === null ? {} : { '@odata.nextLink': next }),
    value: page.items.map((item) => itemBody(item, at, selection)),
  });
};

interface ItemsPage {
  readonly items: readonly Item[];
  readonly more: boolean;
}

function itemsPage(list: ListState, call: GraphCall, fallbackSize: number): ItemsPage | Refusal {
  if (option(call, 'orderby') !== null) return badRequest('$orderby is not simulated');
  const size = pageSize(call, fallbackSize);
  if (isRefusal(size)) return size;
  const after = skipAfter(call);
  if (isRefusal(after)) return after;
  const matching = matchingItems(list, call);
  if (isRefusal(matching)) return matching;
  const rest = matching.filter((item) => item.id > after);
  return { items: rest.slice(0, size), more: rest.length > size };
}

function matchingItems(list: ListState, call: GraphCall): Item[] | Refusal {
  const text = option(call, 'filter');
  if (text === null) return [...list.items.values()].filter((item) => !item.deleted);
  const filter = parseFilter(text, list.info, call.headers['prefer']);
  return isRefusal(filter) ? filter : filtered(list, filter);
}

export const itemsPageRoutes: readonly Route[] = [
  { method: 'GET', path: '/sites/:site/lists/:list/items', cost: 2, run: readItems },
];
