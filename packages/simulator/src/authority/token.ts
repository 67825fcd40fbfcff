import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an access token says; it is a signed JWT, so tokens outlive a restart. */
export interface TokenClaims {
  /** Tenant. */
  readonly tid: string;
  readonly appid: string;
  readonly app_displayname: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
}

export function issueToken(claims: TokenClaims, key: Buffer): string {
  const head = encode({ typ: 'JWT', alg: 'HS256' });
  const body = encode({ aud: 'https://graph.microsoft.com', ...claims });
  return `${head}.${body}.${sign(`${head}.${body}`, key)}`;
}

/** The claims of a token that this simulator issued and that has not expired, else why not. */
export function readToken(token: string, key: Buffer, now: number): TokenClaims | 'unknown' | 'expired' {
  const [head = '', body = '', signature = ''] = token.split('.');
  if (!sameText(signature, sign(`${head}.${body}`, key))) return 'unknown';
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as TokenClaims;
  return claims.exp * 1000 <= now ? 'expired' : claims;
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text: string, key: Buffer): string =>
  createHmac('sha256', key).update(text).digest('base64url');
