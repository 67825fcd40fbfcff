/** One Graph client per tenant and application: whoever shares a quota shares its budget and its silence. */
import { SyncError } from '@sync/core';
import type { WorkspaceConfig } from '@sync/core';
import { openTokenSource } from '../auth/token-source.ts';
import { createBudget } from '../budget/budget.ts';
import type { GraphClient } from '../port.ts';
import { openGraph } from './open-graph.ts';

const TIMEOUT_MS = 30_000;
const elapsed = (): number => performance.now();

/** An application in a tenant, and the environment variable that holds its secret. */
export type Application = Pick<WorkspaceConfig, 'tenantId' | 'clientId' | 'credential'>;

export interface ApplicationOptions {
  readonly graphUrl: string;
  readonly graphScope: string;
  readonly tokenAuthority: string;
  /** Quota of the application per tenant. */
  readonly unitsPerMinute: number;
  readonly unitsPerDay: number;
}

export interface ApplicationUser {
  /** Name of the service, for the User-Agent. */
  readonly service: string;
  /** Part of the quota that this service may use, 0 to 1; all services together at most 1. */
  readonly share: number;
  readonly now: () => number;
  /** Reads an environment variable. */
  readonly secretOf: (name: string) => string | undefined;
}

/** Opens clients on demand. Throws GRAPH_UNAUTHORIZED while the secret is not set: other workspaces go on meanwhile. */
export function openApplications(
  options: ApplicationOptions,
  user: ApplicationUser,
): (application: Application) => GraphClient {
  return perApplication(({ tenantId, clientId, credential }) => {
    const clientSecret = user.secretOf(credential);
    if (clientSecret === undefined || clientSecret === '') throw noSecret(credential);
    const { graphUrl, graphScope, tokenAuthority, unitsPerMinute, unitsPerDay } = options;
    const { now } = user;
    return openGraph({
      rootUrl: graphUrl,
      token: openTokenSource({
        authority: tokenAuthority,
        tenantId,
        clientId,
        clientSecret,
        scope: graphScope,
        now: elapsed,
      }),
      budget: createBudget({ unitsPerMinute, unitsPerDay, share: user.share }),
      userAgent: `NONISV|TwentySharePointSync|${user.service}/0.1`,
      timeoutMs: TIMEOUT_MS,
      now,
      elapsed,
    });
  });
}

/** Makes one of something per tenant and application, when first asked; what could not be made is tried again. */
export function perApplication<T>(make: (application: Application) => T): (application: Application) => T {
  const made = new Map<string, T>();
  return (application) => {
    const key = [application.tenantId, application.clientId, application.credential].join('|');
    const one = made.get(key) ?? make(application);
    made.set(key, one);
    return one;
  };
}

function noSecret(credential: string): SyncError {
  return new SyncError(
    'GRAPH_UNAUTHORIZED',
    `The environment variable ${credential} is not set: it must hold the client secret that a workspace names.`,
  );
}
