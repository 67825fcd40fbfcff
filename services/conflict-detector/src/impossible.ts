/** What no service of ours can have written. A version that cannot be compared would stand above all others for ever. Pure. */
import { NO_VERSION, isVersion, keyProblem } from '@sync/core';
import type { Resolution, SharePointChange, TwentyChange, WriteResult } from '@sync/core';

/** What the two sides, their writers and people tell. */
export type Told = TwentyChange | SharePointChange | WriteResult | Resolution;

/** Why a value cannot be; null when it can. */
export function problemOf(key: string, told: Told): string | null {
  return keyProblem(key, told) ?? versionProblem(told);
}

/** A version in a change of Twenty is made of numbers, which cannot but sort. */
function versionProblem(told: Told): string | null {
  if (!('version' in told) || typeof told.version !== 'string') return null;
  const answer = 'side' in told ? told : null;
  const side = answer?.side ?? 'sharepoint';
  const versions = [told.version, answer?.picture?.version ?? NO_VERSION];
  // Of the empty version are an answer that wrote nothing and a picture of nothing.
  const wrong = versions.find((version) => version !== NO_VERSION && !isVersion(side, version));
  return wrong === undefined && (answer !== null || told.version !== NO_VERSION)
    ? null
    : `the version is none of ${side}`;
}
