import type { Caller } from '../graph/call.ts';
import { refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { SimState } from '../state/state.ts';
import { readToken } from './token.ts';

/** Who calls, by the Authorization header; 401 when nobody we know. */
export function callerOf(
  state: SimState,
  authorization: string | undefined,
  key: Buffer,
  now: number,
): Caller | Refusal {
  const token = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return unauthenticated('Access token is empty.');
  const claims = readToken(token, key, now);
  if (claims === 'unknown') return unauthenticated('CompactToken parsing failed with error code: 80049217');
  if (claims === 'expired') return unauthenticated('Lifetime validation failed, the token is expired.');
  if (!state.tenants.has(claims.tid)) return unauthenticated('The tenant of the token is not known.');
  const app = { kind: 'app', id: claims.appid, displayName: claims.app_displayname } as const;
  return { tenantId: claims.tid, app };
}

function unauthenticated(message: string): Refusal {
  const headers = { 'WWW-Authenticate': 'Bearer realm="", authorization_uri="/common/oauth2/authorize"' };
  return refuse(401, 'InvalidAuthenticationToken', message, { headers });
}
