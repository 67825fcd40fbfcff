/** What a failed check of one list means: it is tried again later, and the other lists go on. */
import { SyncError, reactionTo } from '@sync/core';
import { GraphRefusedError } from '@sync/graph';

export interface Setback {
  readonly kind: 'waiting' | 'refused';
  readonly message: string;
  /** How long to wait at least, milliseconds. */
  readonly waitMs: number;
}

/** The least wait after an outage, milliseconds. */
const LEAST_WAIT_MS = 5_000;

/** Runs a check; an outage and a refusal of Graph become values, everything else is thrown. */
export async function settle<T>(check: () => Promise<T>): Promise<T | Setback> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof GraphRefusedError)
      return { kind: 'refused', message: error.message, waitMs: LEAST_WAIT_MS };
    if (!(error instanceof SyncError) || reactionTo(error) !== 'wait') throw error;
    const waitMs = Math.max(error.retryAfterMs ?? 0, LEAST_WAIT_MS);
    return { kind: 'waiting', message: error.message, waitMs };
  }
}
