import { createHash } from 'node:crypto';
import type { OpenWishes, Side } from '@sync/core';

/** The same wishes on the same basis have the same id, so that a command sent again is known as such (B14). */
export function commandId(side: Side, open: Pick<OpenWishes, 'basis' | 'wishes'>): string {
  const wishes = Object.entries(open.wishes)
    .map(([field, wish]) => [field, wish.value, wish.source])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return createHash('sha1')
    .update(JSON.stringify([side, open.basis, wishes]))
    .digest('hex')
    .slice(0, 20);
}
