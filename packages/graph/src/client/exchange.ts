import { SyncError } from '@sync/core';
import type { GraphReply } from '../port.ts';
import { openChain } from './middleware.ts';
import type { Trip } from './middleware.ts';
import type { ClientOptions } from './options.ts';

/** One HTTP request to an address that has been checked. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Sends one request and reads its whole answer; throws GRAPH_UNAVAILABLE or GRAPH_UNAUTHORIZED. */
export type Exchange = (request: Request) => Promise<GraphReply>;

/** The HTTP side of the client. */
export function openExchange(options: ClientOptions): Exchange {
  const chain = openChain(options.token, options.fetch);
  return async (request) => {
    const trip: Trip = { request: request.url, options: initOf(request, options) };
    await chain(trip);
    if (trip.response === undefined) throw new Error('The transport left no response.');
    return readReply(trip.response);
  };
}

function initOf({ method, headers, body }: Request, options: ClientOptions): Trip['options'] {
  return {
    method,
    // A redirect is never followed: it would carry the request elsewhere.
    redirect: 'manual',
    signal: AbortSignal.timeout(options.timeoutMs),
    headers: {
      Accept: 'application/json',
      'User-Agent': options.userAgent,
      ...headers,
      ...contentType(body),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** What a JSON body has to say of itself, in a request and in a member of a batch. */
export function contentType(body: unknown): Record<string, string> {
  return body === undefined ? {} : { 'Content-Type': 'application/json' };
}

async function readReply(response: Response): Promise<GraphReply> {
  const text = await response.text().catch((cause: unknown) => {
    throw new SyncError('GRAPH_UNAVAILABLE', 'The answer of Graph broke off.', { cause });
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: bodyOf(text, response),
  };
}

/** An error page of something in between is no JSON; a success that is no JSON did not come from Graph. */
function bodyOf(text: string, response: Response): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!response.ok) return null;
    throw new SyncError(
      'GRAPH_UNAVAILABLE',
      'A success that is no JSON: something answers in place of Graph.',
      { cause },
    );
  }
}
