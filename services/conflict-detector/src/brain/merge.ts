/** A value that has parts, edited on both sides: what each changed is taken from it. */
import type { Side } from '@sync/core';

type Parts = readonly (string | null)[];

/** Merges two edits of one base, part by part; a part that both changed goes to the winner. The values are those of core's groups. */
export function mergeParts(
  base: string | null,
  twenty: string | null,
  sharepoint: string | null,
  winner: Side,
): string | null {
  const [was, ours, theirs] = [base, twenty, sharepoint].map(partsOf) as [Parts, Parts, Parts];
  const size = Math.max(was.length, ours.length, theirs.length);
  const merged = Array.from({ length: size }, (_, i) =>
    mergePart(was[i] ?? null, ours[i] ?? null, theirs[i] ?? null, winner),
  );
  return merged.every((part) => part === null) ? null : JSON.stringify(merged);
}

function mergePart(
  base: string | null,
  twenty: string | null,
  sharepoint: string | null,
  winner: Side,
): string | null {
  if (twenty === base) return sharepoint;
  if (sharepoint === base) return twenty;
  return winner === 'twenty' ? twenty : sharepoint;
}

function partsOf(value: string | null): Parts {
  return value === null ? [] : (JSON.parse(value) as Parts);
}
