import { badRequest } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { option } from './call.ts';
import type { GraphCall } from './call.ts';

const MAX_PAGE = 5_000;

/** `$top`, or the default page size. */
export function pageSize(call: GraphCall, fallback: number): number | Refusal {
  const top = option(call, 'top');
  if (top === null) return fallback;
  const size = Number(top);
  return Number.isInteger(size) && size > 0
    ? Math.min(size, MAX_PAGE)
    : badRequest(`Invalid value '${top}' for $top query option found.`);
}

/** The item id a `$skiptoken` continues after: base64 of `Paged=TRUE&p_ID=<last id>`. */
export function skipAfter(call: GraphCall): number | Refusal {
  const token = option(call, 'skiptoken');
  if (token === null) return 0;
  const found = /^Paged=TRUE&p_ID=(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'));
  return found === null ? badRequest('Invalid $skiptoken.') : Number(found[1]);
}

export const skipToken = (lastId: number): string =>
  Buffer.from(`Paged=TRUE&p_ID=${lastId}`).toString('base64url');

/** An absolute link to the same address with the given query options replaced, `$` left readable. */
export function linkWith(call: GraphCall, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    query.delete(name.replace(/^\$/, ''));
    if (value !== null) query.set(name, value);
  }
  const text = [...query].map(([name, value]) => `${name}=${readable(value)}`).join('&');
  return `${call.base}${call.path}${text === '' ? '' : `?${text}`}`;
}

const readable = (value: string): string =>
  encodeURIComponent(value).replace(/%(24|2C|3D|3B|2F)/g, (code) => decodeURIComponent(code));
