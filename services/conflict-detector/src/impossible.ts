/** What no service of ours can have written. A version that cannot be compared would stand above all others for ever. Pure. */
import { isSharePointVersion, keyProblem } from '@sync/core';
import type { SharePointChange, TwentyChange, WriteResult } from '@sync/core';

/** What the two sides and their writers tell. */
export type Told = TwentyChange | SharePointChange | WriteResult;

/** Why a value cannot be; null when it can. */
export function problemOf(key: string, told: Told): string | null {
  return keyProblem(key, told) ?? versionProblem(told);
}

/** A version of Twenty is made of numbers, which cannot but sort. */
function versionProblem(told: Told): string | null {
  if (!('itemId' in told && 'readAt' in told) || isSharePointVersion(told.version)) return null;
  return 'the version is none of an item';
}
