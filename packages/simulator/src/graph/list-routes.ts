import { allColumns, columnBody } from '../lists/columns.ts';
import { createList, listsOf } from '../lists/lists.ts';
import { wholeSeconds } from '../lists/timestamp.ts';
import type { List, Site } from '../state/model.ts';
import { identity } from './actor-payload.ts';
import { option, reply } from './call.ts';
import type { GraphCall, Handler, Route } from './call.ts';
import { locateList, locateSite } from './locate.ts';
import { linkWith, pageSize, skipAfter, skipToken } from './page-options.ts';
import { badRequest, isRefusal } from './refusal.ts';

const readLists: Handler = (simulator, call, params) => {
  const site = locateSite(simulator, call, params);
  if (isRefusal(site)) return site;
  if (option(call, 'filter') !== null) return badRequest('Invalid filter clause');
  const size = pageSize(call, simulator.knobs.pageSize);
  if (isRefusal(size)) return size;
  const after = skipAfter(call);
  if (isRefusal(after)) return after;
  const all = listsOf(simulator.state, site);
  const page = all.slice(after, after + size);
  const next = after + page.length;
  return reply(200, {
    '@odata.context': listsContext(call, site),
    ...(next < all.length ? { '@odata.nextLink': linkWith(call, { $skiptoken: skipToken(next) }) } : {}),
    value: page.map((list) => listBody(list.info, site)),
  });
};

const addList: Handler = (simulator, call, params) => {
  const site = locateSite(simulator, call, params);
  if (isRefusal(site)) return site;
  const moment = { actor: call.caller.app, now: simulator.now(), newId: simulator.newId };
  const written = createList(simulator.state, site, call.body, moment);
  if (isRefusal(written)) return written;
  simulator.commit(written.facts);
  const context = `${listsContext(call, site)}/$entity`;
  return reply(201, { '@odata.context': context, ...listBody(written.list, site) });
};

const readList: Handler = (simulator, call, params) => {
  const place = locateList(simulator, call, params);
  if (isRefusal(place)) return place;
  const withColumns = option(call, 'expand')?.split(',').includes('columns') === true;
  return reply(200, {
    '@odata.context': `${listsContext(call, place.site)}/$entity`,
    ...listBody(place.list.info, place.site),
    ...(withColumns ? { columns: allColumns(place.list.info.columns).map(columnBody) } : {}),
  });
};

const listsContext = (call: GraphCall, site: Site): string =>
  `${call.base}/$metadata#sites('${encodeURIComponent(site.id)}')/lists`;

function listBody(list: List, site: Site): object {
  const etag = `"${list.id},${list.version}"`;
  return {
    '@odata.etag': etag,
    createdDateTime: wholeSeconds(list.createdAt),
    description: list.description,
    eTag: etag,
    id: list.id,
    lastModifiedDateTime: wholeSeconds(list.modifiedAt),
    name: list.name,
    webUrl: `https://${site.host}${site.path}/Lists/${encodeURIComponent(list.name)}`,
    displayName: list.displayName,
    createdBy: identity(list.createdBy),
    parentReference: { siteId: site.id },
    list: { contentTypesEnabled: false, hidden: false, template: 'genericList' },
  };
}

export const listRoutes: readonly Route[] = [
  { method: 'GET', path: '/sites/:site/lists', cost: 2, run: readLists },
  { method: 'POST', path: '/sites/:site/lists', cost: 2, run: addList },
  { method: 'GET', path: '/sites/:site/lists/:list', cost: 1, run: readList },
];
