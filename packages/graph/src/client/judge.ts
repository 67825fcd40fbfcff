import { SyncError } from '@sync/core';
import type { ErrorCode } from '@sync/core';
import { errorOf, isDuplicate } from '../answers/error-of.ts';
import type { GraphReply } from '../port.ts';
import { retryAfterMs, silenceMs } from './retry-after.ts';

/** The SyncError for an answer that can only be waited for, or null when the answer is worth deciding on. */
export function judge(reply: GraphReply, what: string, now: number): SyncError | null {
  if (!isFailure(reply)) return null;
  const code = codeFor(reply);
  const wait = code === 'GRAPH_THROTTLED' ? silenceMs(reply.headers, now) : retryAfterMs(reply.headers, now);
  const detail = {
    status: reply.status,
    graphCode: errorOf(reply).code,
    requestId: reply.headers['request-id'],
  };
  return new SyncError(code, `${what}: Graph answered ${reply.status}.`, {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    detail,
  });
}

/** 2xx and what 4xx tells about the request itself are answers; so is a duplicate value, which may come as a 500. */
function isFailure(reply: GraphReply): boolean {
  if (isDuplicate(reply)) return false;
  return WAITED_FOR.has(reply.status) || reply.status >= 500 || (reply.status >= 300 && reply.status < 400);
}

/** Time-out, lock, and a batch member whose parent failed heal alone; redirects are never followed with a token. */
const WAITED_FOR = new Set([401, 403, 408, 423, 424, 429]);

function codeFor({ status }: GraphReply): ErrorCode {
  if (status === 429 || status === 503) return 'GRAPH_THROTTLED';
  return status === 401 || status === 403 ? 'GRAPH_UNAUTHORIZED' : 'GRAPH_UNAVAILABLE';
}
