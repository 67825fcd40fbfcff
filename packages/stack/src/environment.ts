import { join } from 'node:path';
import { copiesOf, doorOf, ONE_OF_EACH } from './shape.ts';
import type { StackState } from './state.ts';

/** The variables that say where a part is; one that is set from outside keeps its part from being started. */
export const EXTERNAL_VARIABLES = [
  'SYNC_PG_URL',
  'SYNC_KAFKA_BROKERS',
  'SYNC_REGISTRY_URL',
  'SYNC_CONNECT_URL',
  'SYNC_GRAPH_URL',
] as const;

/** Passed through when set beside them. */
const OVERRIDABLE = [
  'SYNC_PG_READER_URL',
  'SYNC_PG_WRITER_URL',
  'SYNC_PG_REPLICATION_URL',
  'SYNC_TOKEN_AUTHORITY',
  'SYNC_PUBLIC_URL',
  'NODE_EXTRA_CA_CERTS',
] as const;

const MICROSOFT_TOKEN_AUTHORITY = 'https://login.microsoftonline.com';

/** Those of the variables above that are set and not empty. */
export function externalVariables(outer: NodeJS.ProcessEnv): Record<string, string> {
  const set: Record<string, string> = {};
  for (const name of [...EXTERNAL_VARIABLES, ...OVERRIDABLE]) {
    const value = outer[name];
    if (value !== undefined && value !== '') set[name] = value;
  }
  // A machine's own extra certificates would hide those of the simulator from the services.
  if (set['SYNC_GRAPH_URL'] === undefined) delete set['NODE_EXTRA_CA_CERTS'];
  return set;
}

/** The environment that every service, step, test and client of this stack is given. */
export function stackEnv(state: StackState): Record<string, string> {
  const { external, secrets } = state;
  const pgUrl =
    external['SYNC_PG_URL'] ??
    loopback(state, 'postgres', `postgres://postgres:${secrets.postgres}@`, '/twenty');
  const servicePgUrl =
    external['SYNC_PG_URL'] ??
    throughDoor(state, 'postgres', `postgres://postgres:${secrets.postgres}@`, '/twenty');
  const brokers = copiesOf('kafka', (state.shape ?? ONE_OF_EACH).brokers);
  return {
    SYNC_PG_URL: pgUrl,
    SYNC_PG_READER_URL: asRole(servicePgUrl, 'sync_reader', secrets.reader),
    SYNC_PG_WRITER_URL: asRole(servicePgUrl, 'sync_writer', secrets.writer),
    SYNC_PG_REPLICATION_URL: asRole(servicePgUrl, 'sync_replication', secrets.replication),
    SYNC_KAFKA_BROKERS: brokers.map((name) => throughDoor(state, name, '')).join(','),
    SYNC_REGISTRY_URL: throughDoor(state, 'registry', 'http://', '/apis/ccompat/v7'),
    SYNC_CONNECT_URL: loopback(state, 'connect', 'http://'),
    SYNC_PUBLIC_URL: throughDoor(state, 'webhook-receiver', 'http://'),
    SYNC_DATA_DIR: state.dataDir,
    SYNC_CLIENT_STATE_SECRET: secrets.clientState,
    SYNC_DEMO_TENANT_ID: secrets.demoTenantId,
    SYNC_DEMO_CLIENT_ID: secrets.demoClientId,
    SYNC_DEMO_CLIENT_SECRET: secrets.demoClientSecret,
    ...graphEnv(state),
    ...external,
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  };
}

function graphEnv(state: StackState): Record<string, string> {
  if (state.external['SYNC_GRAPH_URL'] !== undefined)
    return { SYNC_TOKEN_AUTHORITY: MICROSOFT_TOKEN_AUTHORITY };
  return {
    SYNC_GRAPH_URL: throughDoor(state, 'simulator-https', 'https://', '/v1.0'),
    SYNC_TOKEN_AUTHORITY: throughDoor(state, 'simulator-https', 'https://'),
    SYNC_SIMULATOR_URL: loopback(state, 'simulator-http', 'http://'),
    // Quota of the largest tenant, which the demo tenant is.
    SYNC_GRAPH_UNITS_PER_MINUTE: '6250',
    SYNC_GRAPH_UNITS_PER_DAY: '6000000',
    NODE_EXTRA_CA_CERTS: join(state.dataDir, 'simulator', 'ca.pem'),
  };
}

/** What one service is given on top: its HTTP port and a folder of its own. */
export function serviceEnv(state: StackState, name: string): Record<string, string> {
  const port = state.ports[name];
  return {
    ...stackEnv(state),
    SYNC_DATA_DIR: join(state.dataDir, 'services', name),
    ...(port === undefined ? {} : { SYNC_HTTP_PORT: String(port) }),
  };
}

/**
 * The replication login in pieces, for Connect: a connector file names them as `${env:SYNC_PG_HOST}`,
 * so it holds no secret and stays true when a port changes between starts.
 */
export function connectorEnv(state: StackState): Record<string, string> {
  const env = stackEnv(state);
  const url = new URL(env['SYNC_PG_REPLICATION_URL'] ?? '');
  return {
    SYNC_PG_HOST: url.hostname,
    SYNC_PG_PORT: url.port || '5432',
    SYNC_PG_DATABASE: url.pathname.slice(1),
    SYNC_PG_REPLICATION_USER: decodeURIComponent(url.username),
    SYNC_PG_REPLICATION_PASSWORD: decodeURIComponent(url.password),
    SYNC_KAFKA_BROKERS: env['SYNC_KAFKA_BROKERS'] ?? '',
  };
}

function loopback(state: StackState, port: string, before: string, after = ''): string {
  return `${before}127.0.0.1:${state.ports[port] ?? 0}${after}`;
}

/** The address for clients: the door where there is one, else the part itself. */
function throughDoor(state: StackState, port: string, before: string, after = ''): string {
  return loopback(state, state.shape?.doors ? doorOf(port) : port, before, after);
}

function asRole(pgUrl: string, user: string, password: string): string {
  const url = new URL(pgUrl);
  url.username = user;
  url.password = password;
  return url.toString();
}
