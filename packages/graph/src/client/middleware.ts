import { SyncError } from '@sync/core';
import { HTTPMessageHandler } from '@microsoft/microsoft-graph-client';
import type { TokenSource } from '../auth/token-source.ts';

/** A request on its way, in the shape that the handlers of the Graph SDK take; the last link adds the response. */
export interface Trip {
  readonly request: string;
  options: Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> };
  response?: Response;
}

/** A link of the chain: does its part and calls the next one. */
export type Link = (trip: Trip) => Promise<void>;

/**
 * Our own chain around the SDK's transport. The SDK's other handlers are left out on purpose: its retry repeats a POST
 * whose answer was lost (a duplicate item), and its authentication drops the token for a root that it does not know.
 */
export function openChain(tokens: TokenSource, fetchWith: typeof fetch | undefined): Link {
  return authenticating(
    tokens,
    tellingOutages(fetchWith === undefined ? sdkTransport() : fetching(fetchWith)),
  );
}

function sdkTransport(): Link {
  const handler = new HTTPMessageHandler();
  return (trip) => handler.execute(trip);
}

function fetching(fetchWith: typeof fetch): Link {
  return async (trip) => {
    trip.response = await fetchWith(trip.request, trip.options);
  };
}

/** Adds the token; on 401 drops it and tries once more with a new one. A refused request was not carried out. */
function authenticating(tokens: TokenSource, next: Link): Link {
  async function attempt(trip: Trip): Promise<string> {
    const token = await tokens.get();
    trip.options = {
      ...trip.options,
      headers: { ...trip.options.headers, Authorization: `Bearer ${token}` },
    };
    await next(trip);
    return token;
  }
  return async (trip) => {
    const token = await attempt(trip);
    if (trip.response?.status !== 401) return;
    await trip.response.body?.cancel();
    tokens.drop(token);
    await attempt(trip);
  };
}

/** Names a network failure or a time-out for what it is; an answer of any status passes. */
function tellingOutages(next: Link): Link {
  return (trip) =>
    next(trip).catch((cause: unknown) => {
      throw new SyncError('GRAPH_UNAVAILABLE', 'Graph could not be reached, or did not answer in time.', {
        cause,
      });
    });
}
