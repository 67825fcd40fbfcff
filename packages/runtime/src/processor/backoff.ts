/** How long a key waits before its next try. */
import { SyncError } from '@sync/core';

export const FIRST_WAIT_MS = 250;
export const LONGEST_WAIT_MS = 30_000;
/** Full jitter can be next to nothing; never spin. */
const SHORTEST_WAIT_MS = 25;

/**
 * Milliseconds to wait after the `attempt`-th failure (from 0): what the error asks for, else exponential with full jitter.
 * `random` is in [0, 1).
 */
export function waitMs(error: unknown, attempt: number, random: number): number {
  if (error instanceof SyncError && error.retryAfterMs !== undefined) return error.retryAfterMs;
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 20));
  return Math.max(SHORTEST_WAIT_MS, Math.round(random * ceiling));
}
