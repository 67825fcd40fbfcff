import { eTag } from '../lists/etag.ts';
import { columnBody } from '../lists/columns.ts';
import { listsOf } from '../lists/lists.ts';
import { wholeSeconds } from '../lists/timestamp.ts';
import type { Simulator } from '../simulator.ts';
import { compacted } from '../state/state.ts';
import type { Fact, Item } from '../state/model.ts';
import type { ListState, SimState } from '../state/state.ts';

/** Tenants, their sites, and the lists in them. */
export function tree(simulator: Simulator): object {
  const { state } = simulator;
  const sites = [...state.sites.values()];
  const tenants = [...state.tenants.values()].map(({ id, appName, licences }) => ({
    id,
    appName,
    licences,
    sites: sites
      .filter((site) => site.tenantId === id)
      .map((site) => ({
        id: site.id,
        name: site.displayName,
        host: site.host,
        path: site.path,
        lists: listsOf(state, site).map(listSummary),
      })),
  }));
  return { tenants };
}

function listSummary(list: ListState): object {
  const items = [...list.items.values()].filter((item) => !item.deleted).length;
  return { id: list.info.id, name: list.info.displayName, items, revision: revision(list) };
}

/** A list as a person sees it: columns, items, and the recycle bin. */
export function listView(list: ListState): object {
  const items = [...list.items.values()];
  return {
    id: list.info.id,
    name: list.info.displayName,
    revision: revision(list),
    columns: list.info.columns.map(columnBody),
    items: items.filter((item) => !item.deleted).map(itemView),
    recycled: items.filter((item) => item.deleted).map(itemView),
  };
}

/** Grows with every change of the list's items or columns. */
const revision = (list: ListState): string => `${list.seq}.${list.info.version}`;

export function itemView(item: Item): object {
  return {
    id: String(item.id),
    eTag: eTag(item),
    version: item.version,
    fields: item.fields,
    created: wholeSeconds(item.createdAt),
    createdBy: item.createdBy.displayName,
    modified: wholeSeconds(item.modifiedAt),
    modifiedBy: item.modifiedBy.displayName,
  };
}

/** The whole state as facts, without secrets. */
export function dump(state: SimState): { facts: object[] } {
  return { facts: [...compacted(state)].map(withoutSecrets) };
}

function withoutSecrets(fact: Fact): object {
  if (fact.t === 'tenant') return { ...fact, tenant: { ...fact.tenant, clientSecret: '***' } };
  if (fact.t === 'subscription')
    return { ...fact, subscription: { ...fact.subscription, clientState: '***' } };
  return fact;
}
