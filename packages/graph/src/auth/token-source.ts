import { SyncError } from '@sync/core';
import { ConfidentialClientApplication } from '@azure/msal-node';
import type { INetworkModule } from '@azure/msal-node';
import { singleFlight } from './single-flight.ts';

/** Where access tokens come from. */
export interface TokenSource {
  /** A token that is still good, from the cache if possible. Throws GRAPH_UNAUTHORIZED. */
  get(): Promise<string>;
  /** Graph refused this token: never give it out again. */
  drop(token: string): void;
}

export interface TokenOptions {
  /** `https://login.microsoftonline.com`; must be https. A private CA is trusted through NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
  /** Default `https://graph.microsoft.com/.default`. */
  readonly scope?: string;
  /** Carries the requests to the authority; default: msal's own. */
  readonly network?: INetworkModule;
}

/** After a refusal the authority is left alone for this long: each of many waiting keys would ask it again. */
const QUIET_MS = 5_000;

/** Tokens of an application that acts for itself (client credentials). One source per process: msal caches per instance. */
export function openTokenSource(options: TokenOptions): TokenSource {
  const acquire = openAcquire(options);
  let dropped: string | null = null;
  let refusal: { readonly error: SyncError; readonly until: number } | null = null;

  async function fresh(): Promise<string> {
    if (refusal !== null && options.now() < refusal.until) throw refusal.error;
    refusal = null;
    const token = await acquire(false);
    return token === dropped ? acquire(true) : token;
  }

  // msal does not coalesce: five parallel calls with a cold cache are five requests.
  const get = singleFlight(() =>
    fresh().catch((cause: unknown) => {
      const error = refused(cause);
      refusal ??= { error, until: options.now() + QUIET_MS };
      throw error;
    }),
  );
  return {
    get,
    drop: (token) => {
      dropped = token;
    },
  };
}

function openAcquire(options: TokenOptions): (skipCache: boolean) => Promise<string> {
  const authority = new URL(options.authority);
  if (authority.protocol !== 'https:') {
    throw new SyncError(
      'CONFIG_INVALID',
      'The authority must be an https address: it is sent the client secret.',
    );
  }
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      authority: `${options.authority.replace(/\/+$/, '')}/${options.tenantId}`,
      // Without it msal asks Microsoft whether a host that it does not know is an authority.
      knownAuthorities: [authority.host],
    },
    ...(options.network === undefined ? {} : { system: { networkClient: options.network } }),
  });
  const scopes = [options.scope ?? 'https://graph.microsoft.com/.default'];
  return async (skipCache) => {
    const result = await application.acquireTokenByClientCredential({ scopes, skipCache });
    if (result === null) throw new Error('The authority answered without a token.');
    return result.accessToken;
  };
}

/**
 * Whatever goes wrong here is waited for. msal remembers a 429 or 5xx of the authority for up to an hour and fails at
 * once meanwhile, under the code of the first answer: so the codes are for people, not for decisions.
 */
function refused(cause: unknown): SyncError {
  if (cause instanceof SyncError) return cause;
  const authCode = cause instanceof Error && 'errorCode' in cause ? String(cause.errorCode) : 'unknown';
  return new SyncError('GRAPH_UNAUTHORIZED', 'No token could be had: check tenant, application and secret.', {
    cause,
    retryAfterMs: QUIET_MS,
    detail: { authCode },
  });
}
