import { addColumn, patchColumn, removeColumn } from '../lists/column-writes.ts';
import { allColumns, columnBody, findColumn } from '../lists/columns.ts';
import type { Column } from '../state/model.ts';
import { reply } from './call.ts';
import type { GraphCall, Handler, Route } from './call.ts';
import { listContext } from './item-payload.ts';
import { locateList } from './locate.ts';
import type { ListPlace } from './locate.ts';
import { isRefusal } from './refusal.ts';

const COLUMNS = '/sites/:site/lists/:list/columns';
const COLUMN = `${COLUMNS}/:column`;

const readColumns: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const value = allColumns(place.list.info.columns).map(columnBody);
  return reply(200, { '@odata.context': columnsContext(call, place), value });
};

const readColumn: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const column = findColumn(allColumns(place.list.info.columns), params['column'] ?? '');
  return isRefusal(column) ? column : reply(200, entity(call, place, column));
};

const postColumn: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const moment = { now: simulator.now(), newId: simulator.newId };
  const written = addColumn(place.list, call.body, moment);
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  return reply(201, entity(call, place, written.column));
};

const changeColumn: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const written = patchColumn(place.list, params['column'] ?? '', call.body, simulator.now());
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  return reply(200, entity(call, place, written.column));
};

const deleteColumn: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const written = removeColumn(place.list, params['column'] ?? '', simulator.now());
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  return reply(204);
};

const columnsContext = (call: GraphCall, { site, list }: ListPlace): string =>
  `${listContext({ site, list: list.info, base: call.base })}/columns`;

function entity(call: GraphCall, place: ListPlace, column: Column): object {
  return { '@odata.context': `${columnsContext(call, place)}/$entity`, ...columnBody(column) };
}

export const columnRoutes: readonly Route[] = [
  { method: 'GET', path: COLUMNS, cost: 2, run: readColumns },
  { method: 'GET', path: COLUMN, cost: 1, run: readColumn },
  { method: 'POST', path: COLUMNS, cost: 2, run: postColumn },
  { method: 'PATCH', path: COLUMN, cost: 2, run: changeColumn },
  { method: 'DELETE', path: COLUMN, cost: 2, run: deleteColumn },
];
