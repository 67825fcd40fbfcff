/** Repeats work until it succeeds or fails for good: errors that wait are waited for, without counting. */
import { SyncError, reactionTo } from '@sync/core';
import { waitMs } from './backoff.ts';

export interface Patience {
  /** In [0, 1). */
  random(): number;
  /** Waits; rejects when the work is given up meanwhile. */
  wait(ms: number): Promise<void>;
  /** Told before every wait. */
  onWait(error: SyncError, ms: number): void;
}

/** The result of `work`; throws what is not to be waited for. */
export async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SyncError) || reactionTo(error) !== 'wait') throw error;
      const ms = waitMs(error, attempt, patience.random());
      patience.onWait(error, ms);
      await patience.wait(ms);
    }
  }
}

/** Thrown out of a wait when the work is no longer ours to do: the partition was lost, or the service stops. */
export class GivenUp extends Error {
  constructor() {
    super('given up: the partition was lost or the service stops');
    this.name = 'GivenUp';
  }
}

/** Sleeps; rejects with GivenUp as soon as one of the signals fires. */
export async function sleepUnless(signals: readonly AbortSignal[], ms: number): Promise<void> {
  if (signals.some((signal) => signal.aborted)) throw new GivenUp();
  await new Promise<void>((resolve, reject) => {
    const end = (act: () => void) => (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', stop);
      act();
    };
    const stop = end(() => reject(new GivenUp()));
    const timer = setTimeout(end(resolve), ms);
    for (const signal of signals) signal.addEventListener('abort', stop);
  });
}
