import { findList } from '../lists/lists.ts';
import type { Simulator } from '../simulator.ts';
import type { Site } from '../state/model.ts';
import type { ListState, SimState } from '../state/state.ts';
import type { GraphCall, Params } from './call.ts';
import { notFound } from './refusal.ts';
import type { Refusal } from './refusal.ts';

export interface ListPlace {
  readonly site: Site;
  readonly list: ListState;
}

/** A site of the tenant by `{host}:{path}`, by its full id, by its site guid, or by host alone (the root). */
export function findSite(state: SimState, tenantId: string, key: string): Site | Refusal {
  const wanted = key.toLowerCase();
  const own = [...state.sites.values()].filter((site) => site.tenantId === tenantId);
  const found = own.find((site) => siteKeys(site).includes(wanted));
  return found ?? notFound(`no site '${key}' in this tenant`);
}

function siteKeys(site: Site): string[] {
  const byPath = `${site.host}:${site.path}`;
  const root = site.path === '/' ? [site.host, 'root'] : [];
  return [site.id, site.id.split(',')[1] ?? site.id, byPath, ...root].map((key) => key.toLowerCase());
}

export function locateSite(simulator: Simulator, call: GraphCall, params: Params): Site | Refusal {
  return findSite(simulator.state, call.caller.tenantId, params['site'] ?? '');
}

export function locateList(simulator: Simulator, call: GraphCall, params: Params): ListPlace | Refusal {
  const site = locateSite(simulator, call, params);
  if ('refused' in site) return site;
  const list = findList(simulator.state, site, params['list'] ?? '');
  return list === undefined ? notFound(`no list '${params['list']}' in site ${site.path}`) : { site, list };
}

/**
 * `/sites/{host}:/{path}` and `/sites/{host}:/{path}:/lists/…` put a path inside a path;
 * this folds the address into one segment so that the routes see `/sites/{key}/lists/…`.
 */
export function foldSitePath(path: string): string {
  const found = /^\/sites\/([^/:]+):(\/[^:]*?)\/?(?::(\/.*)?)?$/.exec(path);
  if (found === null) return path;
  const [, host = '', serverPath = '', rest = ''] = found;
  return `/sites/${encodeURIComponent(`${host}:${decodePath(serverPath)}`)}${rest}`;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
