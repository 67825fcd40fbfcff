import { encodeToken } from '../lists/delta-token.ts';
import { freshToken, readDelta } from '../lists/delta.ts';
import type { DeltaPage, DeltaRules } from '../lists/delta.ts';
import type { Simulator } from '../simulator.ts';
import { reply } from './call.ts';
import type { GraphCall, GraphReply, Handler, Route } from './call.ts';
import { itemBody, tombstoneBody } from './item-payload.ts';
import { itemPlace } from './item-routes.ts';
import { itemSelection } from './item-select.ts';
import type { ItemSelection } from './item-select.ts';
import { locateList } from './locate.ts';
import type { ListPlace } from './locate.ts';
import { linkWith, pageSize } from './page-options.ts';
import { isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const costOfDelta = (call: GraphCall): number => (call.query.has('token') ? 1 : 2);

const delta: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const selection = itemSelection(call, place.list.info);
  if (isRefusal(selection)) return selection;
  const rules = deltaRules(simulator, call);
  if (isRefusal(rules)) return rules;
  const page = readDelta(place.list, call.query.get('token'), rules);
  if (page === 'expired') return resync(call, place, rules);
  return isRefusal(page) ? page : deltaReply(call, place, page, selection);
};

function deltaRules(simulator: Simulator, call: GraphCall): DeltaRules | Refusal {
  const size = pageSize(call, simulator.knobs.deltaPageSize);
  if (isRefusal(size)) return size;
  const { deltaVisibilityMs: visibilityMs, deltaRetentionMs: retentionMs } = simulator.knobs;
  return { now: simulator.now(), pageSize: size, visibilityMs, retentionMs };
}

function deltaReply(
  call: GraphCall,
  place: ListPlace,
  page: DeltaPage,
  selection: ItemSelection,
): GraphReply {
  const at = itemPlace(call, place);
  const link = linkWith(call, { token: encodeToken(page.token) });
  return reply(200, {
    '@odata.context': `${call.base}/$metadata#Collection(listItem)`,
    [page.more ? '@odata.nextLink' : '@odata.deltaLink']: link,
    value: page.items.map((item) => (item.deleted ? tombstoneBody(item, at) : itemBody(item, at, selection))),
  });
}

/** 410 with the address of a fresh enumeration in `Location`. */
function resync(call: GraphCall, place: ListPlace, rules: DeltaRules): Refusal {
  const location = linkWith(call, { token: encodeToken(freshToken(place.list, rules)) });
  return refuse(410, 'resyncRequired', 'Resync required. Replace any local items with the server version.', {
    innerCode: 'resyncChangesApplyDifferences',
    headers: { Location: location },
  });
}

export const deltaRoutes: readonly Route[] = [
  { method: 'GET', path: '/sites/:site/lists/:list/items/delta', cost: costOfDelta, run: delta },
  { method: 'GET', path: '/sites/:site/lists/:list/items/delta()', cost: costOfDelta, run: delta },
];
