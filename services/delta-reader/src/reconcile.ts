/** Finds deletes that the feed did not tell, by comparing a whole list with what is known of it. */

export interface VanishLimits {
  /** This many may vanish at once from a list of any size. */
  readonly atLeast: number;
  /** Beyond that, this share of the known items, percent. */
  readonly percent: number;
}

/** `held`: so many are missing that a person must look first; nothing is to be published. */
export type Vanished =
  | { readonly kind: 'gone'; readonly itemIds: readonly string[] }
  | { readonly kind: 'held'; readonly missing: number; readonly known: number };

/** The live items that are known and were not seen in a complete reading. */
export function reconcile(
  known: readonly string[],
  seen: ReadonlySet<string>,
  limits: VanishLimits,
): Vanished {
  const itemIds = known.filter((itemId) => !seen.has(itemId));
  const limit = Math.max(limits.atLeast, (known.length * limits.percent) / 100);
  if (itemIds.length > limit) return { kind: 'held', missing: itemIds.length, known: known.length };
  return { kind: 'gone', itemIds };
}
