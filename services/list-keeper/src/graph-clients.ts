import { SyncError } from '@sync/core';
import type { WorkspaceConfig } from '@sync/core';
import { createBudget, openGraph, openTokenSource } from '@sync/graph';
import type { GraphClient } from '@sync/graph';
import { BUDGET_SHARE } from './config.ts';
import type { Config } from './config.ts';

type GraphConfig = Pick<Config, 'graphUrl' | 'tokenAuthority' | 'unitsPerMinute' | 'unitsPerDay'>;

/** An application in a tenant, and the environment variable that holds its secret. */
export type Application = Pick<WorkspaceConfig, 'tenantId' | 'clientId' | 'credential'>;

/** One client per application and tenant, opened when first needed: who shares it shares its quota and its silence. */
export function createGraphClients(
  config: GraphConfig,
  environment: Readonly<Record<string, string | undefined>>,
): (application: Application) => GraphClient {
  return perApplication((application) => openClient(config, application, secretOf(application, environment)));
}

/** Makes one of something per application and tenant, when first asked; what could not be made is tried again. */
export function perApplication<T>(make: (application: Application) => T): (application: Application) => T {
  const made = new Map<string, T>();
  return (application) => {
    const key = `${application.tenantId}|${application.clientId}`;
    const one = made.get(key) ?? make(application);
    made.set(key, one);
    return one;
  };
}

function openClient(
  config: GraphConfig,
  { tenantId, clientId }: Application,
  clientSecret: string,
): GraphClient {
  const now = Date.now;
  const { unitsPerMinute, unitsPerDay, tokenAuthority: authority } = config;
  return openGraph({
    rootUrl: config.graphUrl,
    token: openTokenSource({ authority, tenantId, clientId, clientSecret, now }),
    budget: createBudget({ unitsPerMinute, unitsPerDay, share: BUDGET_SHARE }),
    userAgent: 'NONISV|TwentySharePointSync|list-keeper/0.1.0',
    timeoutMs: 30_000,
    now,
  });
}

/** Other workspaces go on while this one waits for its secret. */
function secretOf(
  { credential }: Application,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const secret = environment[credential];
  if (secret) return secret;
  throw new SyncError(
    'GRAPH_UNAUTHORIZED',
    `The environment variable ${credential} is not set: it must hold the client secret that a workspace names.`,
  );
}
