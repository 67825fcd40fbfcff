/** The YAML in which an administrator says how workspaces are synced, as configuration records. */
import { ALIVE, LANES, MAPPED_OBJECTS, mappingOf } from '@sync/core';
import type { ObjectConfig, WorkspaceConfig } from '@sync/core';
import { createChecker } from './check.ts';
import type { Checker } from './check.ts';

const STRATEGIES = ['lastWriteWins', 'manualReview', 'twentyPriority', 'sharePointPriority', 'fieldMerge'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type Parsed =
  | { readonly ok: true; readonly configs: readonly WorkspaceConfig[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Fills `${NAME}` from the environment; a name without a value stays as it is, and the check of its field tells. */
export function fillVariables(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\$\{([A-Z][A-Z0-9_]*)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Checks a parsed YAML document; all mistakes are told at once. */
export function parseWorkspaces(document: unknown): Parsed {
  const check = createChecker();
  const root = check.object(document, 'file', ['workspaces']);
  const configs = check
    .list(root['workspaces'], 'workspaces')
    .map((entry, i) => parseWorkspace(check, entry, `workspaces[${i}]`));
  return check.mistakes.length === 0 ? { ok: true, configs } : { ok: false, mistakes: check.mistakes };
}

function parseWorkspace(check: Checker, entry: unknown, path: string): WorkspaceConfig {
  const given = check.object(entry, path, [
    'workspaceId',
    'enabled',
    'tenant',
    'site',
    'objects',
    'strategy',
    'skewMs',
    'tieWinner',
    'massWindowMs',
    'loopLimit',
    'loopWindowMs',
  ]);
  const strategy = check.word(given['strategy'], `${path}.strategy`, STRATEGIES, 'lastWriteWins');
  const tenant = check.object(given['tenant'], `${path}.tenant`, ['id', 'clientId', 'secretEnv']);
  const site = check.object(given['site'], `${path}.site`, ['host', 'path', 'listPrefix']);
  const uuid = { matches: UUID, because: 'a UUID in lower case' };
  return {
    workspaceId: check.text(given['workspaceId'], `${path}.workspaceId`, uuid),
    enabled: given['enabled'] !== false,
    tenantId: check.text(tenant['id'], `${path}.tenant.id`, uuid),
    clientId: check.text(tenant['clientId'], `${path}.tenant.clientId`, uuid),
    credential: check.text(tenant['secretEnv'], `${path}.tenant.secretEnv`, {
      matches: /^[A-Z][A-Z0-9_]*$/,
      because: 'the name of an environment variable; the secret itself never stands here',
    }),
    siteHost: check.text(site['host'], `${path}.site.host`, {
      matches: /^[a-z0-9.-]+$/,
      because: 'a host name',
    }),
    sitePath: check.text(site['path'], `${path}.site.path`, {
      matches: /^\//,
      because: 'a path that starts with a slash',
    }),
    listPrefix: check.text(site['listPrefix'], `${path}.site.listPrefix`, { fallback: '' }),
    objects: check
      .list(given['objects'], `${path}.objects`)
      .map((object, i) => parseObject(check, object, `${path}.objects[${i}]`, strategy)),
    skewMs: check.number(given['skewMs'], `${path}.skewMs`, { min: 0, fallback: 2000 }),
    tieWinner: check.word(given['tieWinner'], `${path}.tieWinner`, ['twenty', 'sharepoint'], 'twenty'),
    massWindowMs: check.number(given['massWindowMs'], `${path}.massWindowMs`, {
      min: 1000,
      fallback: 300_000,
    }),
    loopLimit: check.number(given['loopLimit'], `${path}.loopLimit`, { min: 0, fallback: 6 }),
    loopWindowMs: check.number(given['loopWindowMs'], `${path}.loopWindowMs`, {
      min: 1000,
      fallback: 600_000,
    }),
  };
}

/** What an object does not say, its workspace does. */
function parseObject(check: Checker, entry: unknown, path: string, strategy: string): ObjectConfig {
  const given = check.object(entry, path, [
    'name',
    'list',
    'lane',
    'strategy',
    'fieldStrategies',
    'pollSeconds',
    'massDeleteLimit',
    'massOverwriteLimit',
    'adopt',
  ]);
  const name = check.word(given['name'], `${path}.name`, MAPPED_OBJECTS);
  const fields = check.object(given['fieldStrategies'] ?? {}, `${path}.fieldStrategies`, [
    ALIVE,
    ...(mappingOf(name)?.fields ?? []).map((field) => field.name),
  ]);
  return {
    name,
    list: check.text(given['list'], `${path}.list`),
    lane: check.word(given['lane'], `${path}.lane`, LANES, 'p0'),
    strategy: check.word(given['strategy'], `${path}.strategy`, STRATEGIES, strategy),
    fieldStrategies: Object.fromEntries(
      Object.entries(fields).map(([field, ofField]) => [
        field,
        check.word(ofField, `${path}.fieldStrategies.${field}`, STRATEGIES),
      ]),
    ),
    pollSeconds: check.number(given['pollSeconds'], `${path}.pollSeconds`, { min: 0.5, fallback: 5 }),
    massDeleteLimit: check.number(given['massDeleteLimit'], `${path}.massDeleteLimit`, {
      min: 0,
      fallback: 25,
    }),
    massOverwriteLimit: check.number(given['massOverwriteLimit'], `${path}.massOverwriteLimit`, {
      min: 0,
      fallback: 1000,
    }),
    adopt: given['adopt'] === true,
  };
}
