import type { Simulator } from '../simulator.ts';
import { createItem, deleteItem, liveItem, updateItem } from '../lists/items.ts';
import type { Precondition, WriteContext } from '../lists/items.ts';
import { isObject } from '../lists/facet.ts';
import type { Item } from '../state/model.ts';
import { reply } from './call.ts';
import type { GraphCall, GraphReply, Handler, Route } from './call.ts';
import { ALL_FIELDS, fieldsBody, fieldsContext, itemBody, listContext } from './item-payload.ts';
import type { ItemPlace } from './item-payload.ts';
import { itemSelection } from './item-select.ts';
import { locateList } from './locate.ts';
import type { ListPlace } from './locate.ts';
import { invalidRequest, isRefusal } from './refusal.ts';

const ITEMS = '/sites/:site/lists/:list/items';
const ITEM = `${ITEMS}/:item`;

const postItem: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  // Graph ignores what it does not know in the body, so an array under `value` creates one empty item.
  const fields = isObject(call.body) ? (call.body['fields'] ?? {}) : undefined;
  const written = createItem(place.list, fields, writeContext(simulator, call));
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  const at = itemPlace(call, place);
  const context = `${listContext(at)}/items/$entity`;
  return reply(201, { '@odata.context': context, ...itemBody(written.item, at, ALL_FIELDS) });
};

const readItem: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const item = liveItem(place.list, params['item'] ?? '');
  if (isRefusal(item)) return item;
  const selection = itemSelection(call, place.list.info);
  if (isRefusal(selection)) return selection;
  const at = itemPlace(call, place);
  const context = `${listContext(at)}/items${selection.fields === null ? '' : '(fields())'}/$entity`;
  return reply(200, { '@odata.context': context, ...itemBody(item, at, selection) });
};

const readFields: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const item = liveItem(place.list, params['item'] ?? '');
  return isRefusal(item) ? item : fieldsReply(item, itemPlace(call, place));
};

/** Answers the fieldValueSet alone. */
const patchFields: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const written = change(simulator, call, place, params['item'] ?? '', call.body);
  return isRefusal(written) ? written : fieldsReply(written, itemPlace(call, place));
};

const patchItem: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  if (!isObject(call.body)) return invalidRequest('the body must be a listItem');
  const written = change(simulator, call, place, params['item'] ?? '', call.body['fields'] ?? {});
  if (isRefusal(written)) return written;
  const at = itemPlace(call, place);
  const context = `${listContext(at)}/items/$entity`;
  return reply(200, { '@odata.context': context, ...itemBody(written, at, ALL_FIELDS) });
};

function change(simulator: Simulator, call: GraphCall, place: ListPlace, itemId: string, fields: unknown) {
  const context = writeContext(simulator, call);
  const written = updateItem(place.list, itemId, fields, precondition(simulator, call), context);
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  return written.item;
}

const removeItem: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const now = simulator.now();
  const written = deleteItem(place.list, params['item'] ?? '', precondition(simulator, call), now);
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  return reply(204);
};

function writeContext(simulator: Simulator, call: GraphCall): WriteContext {
  return simulator.writeContext(call.caller.app);
}

function precondition(simulator: Simulator, call: GraphCall): Precondition {
  return { ifMatch: call.headers['if-match'], mode: simulator.knobs.ifMatch };
}

export function itemPlace(call: GraphCall, { site, list }: ListPlace): ItemPlace {
  return { site, list: list.info, base: call.base };
}

function fieldsReply(item: Item, at: ItemPlace): GraphReply {
  return reply(200, { '@odata.context': fieldsContext(item, at), ...fieldsBody(item, at.list, 'all') });
}

export const itemRoutes: readonly Route[] = [
  { method: 'POST', path: ITEMS, cost: 2, run: postItem },
  { method: 'GET', path: ITEM, cost: 1, run: readItem },
  { method: 'PATCH', path: ITEM, cost: 2, run: patchItem },
  { method: 'DELETE', path: ITEM, cost: 2, run: removeItem },
  { method: 'GET', path: `${ITEM}/fields`, cost: 1, run: readFields },
  { method: 'PATCH', path: `${ITEM}/fields`, cost: 2, run: patchFields },
];
