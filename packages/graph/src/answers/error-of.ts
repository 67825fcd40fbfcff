import type { GraphReply } from '../port.ts';
import { isObject } from './json.ts';

/** What a refusal says: `codes` from the outermost to the innermost; empty strings when Graph named none. */
export interface GraphErrorInfo {
  readonly code: string;
  readonly message: string;
  readonly codes: readonly string[];
}

/** Reads the error envelope of a reply; `code` is the outermost, the more specific ones follow in `codes`. */
export function errorOf(reply: GraphReply): GraphErrorInfo {
  const outer = isObject(reply.body) ? reply.body['error'] : undefined;
  const codes = codesOf(outer);
  const message = isObject(outer) && typeof outer['message'] === 'string' ? outer['message'] : '';
  return { code: codes[0] ?? '', message, codes };
}

/** The gateway writes `innerError`, older parts write `innererror`. */
function codesOf(error: unknown): string[] {
  if (!isObject(error)) return [];
  const own = typeof error['code'] === 'string' ? [error['code']] : [];
  return [...own, ...codesOf(error['innerError'] ?? error['innererror'])];
}

/** True when a unique column refused the value. */
export function isDuplicate(reply: GraphReply): boolean {
  if (reply.status < 400) return false;
  const { codes, message } = errorOf(reply);
  if (reply.status === 409 && codes.includes('nameAlreadyExists')) return true;
  return DUPLICATE_SIGNS.some((sign) => message.includes(sign) || codes.some((code) => code.includes(sign)));
}

/** SharePoint's own words; it has no code of its own for this through Graph, and may answer 400, 409 or 500. */
const DUPLICATE_SIGNS = ['SPDuplicateValuesFoundException', '-2130575169', 'duplicate values were found'];

/** True when the item was changed since the etag was read, or two writes met: read again and decide again. */
export function isStale(reply: GraphReply): boolean {
  return reply.status === 412 || (reply.status === 409 && !isDuplicate(reply));
}
