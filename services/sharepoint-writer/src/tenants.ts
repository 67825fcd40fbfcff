/** One Graph client per tenant and application: whoever shares a quota shares its budget. */
import { SyncError } from '@sync/core';
import type { WorkspaceConfig } from '@sync/core';
import { createBudget, openGraph, openTokenSource } from '@sync/graph';
import type { GraphClient } from '@sync/graph';
import { batching } from './batcher.ts';

/** The part of the quota that writes may use; delta reads and list keeping have the rest. */
const WRITE_SHARE = 0.75;
const TIMEOUT_MS = 30_000;
const USER_AGENT = 'NONISV|TwentySharePointSync|SharePointWriter/0.1';

export interface TenantOptions {
  readonly graphUrl: string;
  readonly graphScope: string;
  readonly tokenAuthority: string;
  readonly unitsPerMinute: number;
  readonly unitsPerDay: number;
}

/** Opens clients on demand. `secretOf` reads an environment variable. */
export function openTenants(
  options: TenantOptions,
  now: () => number,
  secretOf: (name: string) => string | undefined,
): (config: WorkspaceConfig) => GraphClient {
  const clients = new Map<string, GraphClient>();
  return (config) => {
    const key = [config.tenantId, config.clientId, config.credential].join('|');
    const client = clients.get(key) ?? openClient(options, config, now, secretOf(config.credential));
    clients.set(key, client);
    return client;
  };
}

function openClient(
  options: TenantOptions,
  config: WorkspaceConfig,
  now: () => number,
  secret: string | undefined,
): GraphClient {
  const { graphUrl, graphScope, tokenAuthority, unitsPerMinute, unitsPerDay } = options;
  const { tenantId, clientId, credential } = config;
  if (secret === undefined || secret === '') {
    throw new SyncError(
      'GRAPH_UNAUTHORIZED',
      `opening Graph: the environment variable ${credential} holds no client secret`,
    );
  }
  const token = openTokenSource({
    authority: tokenAuthority,
    tenantId,
    clientId,
    clientSecret: secret,
    scope: graphScope,
    now,
  });
  const budget = createBudget({ unitsPerMinute, unitsPerDay, share: WRITE_SHARE });
  return batching(
    openGraph({ rootUrl: graphUrl, token, budget, userAgent: USER_AGENT, timeoutMs: TIMEOUT_MS, now }),
  );
}
