import { isObject } from './lists/facet.ts';
import { guidFrom } from './graph/actor-payload.ts';
import type { Fact, Site, Tenant } from './state/model.ts';
import type { SimState } from './state/state.ts';

export interface SeedSite {
  readonly host: string;
  /** Server-relative, with a leading slash. */
  readonly path: string;
  readonly name: string;
}

export interface SeedTenant {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appName?: string;
  readonly licences?: number;
  readonly sites?: readonly SeedSite[];
}

export interface Seed {
  readonly tenants: readonly SeedTenant[];
}

/** Reads a seed; answers every mistake, each naming its place. */
export function parseSeed(input: unknown): Seed | readonly string[] {
  const tenants = isObject(input) ? input['tenants'] : undefined;
  if (!Array.isArray(tenants)) return ['seed.tenants must be an array'];
  const mistakes = tenants.flatMap((tenant, at) => tenantMistakes(tenant, `seed.tenants[${at}]`));
  return mistakes.length > 0 ? mistakes : { tenants: tenants as SeedTenant[] };
}

export function tenantMistakes(tenant: unknown, where: string): string[] {
  if (!isObject(tenant)) return [`${where} must be an object`];
  const texts = ['id', 'clientId', 'clientSecret'].filter((name) => !isText(tenant[name]));
  const sites = tenant['sites'] ?? [];
  const licences = tenant['licences'] ?? 0;
  return [
    ...texts.map((name) => `${where}.${name} must be a non-empty string`),
    ...(typeof licences === 'number' && licences >= 0 ? [] : [`${where}.licences must be a number`]),
    ...(Array.isArray(sites)
      ? sites.flatMap((site, at) => siteMistakes(site, `${where}.sites[${at}]`))
      : [`${where}.sites must be an array`]),
  ];
}

export function siteMistakes(site: unknown, where: string): string[] {
  if (!isObject(site)) return [`${where} must be an object`];
  const texts = ['host', 'path', 'name'].filter((name) => !isText(site[name]));
  const path = site['path'];
  return [
    ...texts.map((name) => `${where}.${name} must be a non-empty string`),
    ...(isText(path) && !path.startsWith('/') ? [`${where}.path must begin with /`] : []),
  ];
}

/** What has to be added or changed so that the seed is there; nothing when it already is. */
export function seedFacts(state: SimState, seed: Seed, now: number): Fact[] {
  return seed.tenants.flatMap((given) => [
    ...tenantFacts(state, given),
    ...(given.sites ?? []).flatMap((site) => siteFacts(state, given.id, site, now)),
  ]);
}

function tenantFacts(state: SimState, given: SeedTenant): Fact[] {
  const tenant: Tenant = {
    id: given.id.toLowerCase(),
    clientId: given.clientId,
    clientSecret: given.clientSecret,
    appName: given.appName ?? 'Sync App',
    licences: given.licences ?? 0,
  };
  const known = JSON.stringify(state.tenants.get(tenant.id)) === JSON.stringify(tenant);
  return known ? [] : [{ t: 'tenant', tenant }];
}

/** The ids of a site follow from its address, so a wiped simulator comes back with the same ones. */
export function siteFacts(state: SimState, tenantId: string, given: SeedSite, now: number): Fact[] {
  const address = `${tenantId} ${given.host}${given.path}`.toLowerCase();
  const id = `${given.host},${guidFrom(`site ${address}`)},${guidFrom(`web ${address}`)}`;
  if (state.sites.has(id)) return [];
  const { host, path, name: displayName } = given;
  const site: Site = { id, tenantId: tenantId.toLowerCase(), host, path, displayName, createdAt: now };
  return [{ t: 'site', site }];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
