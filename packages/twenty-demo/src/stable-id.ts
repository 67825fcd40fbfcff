import { createHash } from 'node:crypto';

/** A UUID that is the same in every run: a hash of the parts, shaped like Twenty's version 4 ids. */
export function stableId(...parts: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** A short hash for index and constraint names, which Twenty makes the same way. */
export function stableHash(...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join('|')).digest('hex').slice(0, 27);
}

/** A seeded generator of numbers in [0, 1) (mulberry32), so that invented rows never differ between runs. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
