/** Work that is done again and again. */
import { SyncError, reactionTo } from '@sync/core';

export interface Repeating {
  stop(): Promise<void>;
}

/** First run at once; the next one `ms` after the end of the last. Errors that wait go to `onWait`, all others end it. */
export function repeat(
  ms: number,
  work: () => Promise<void>,
  told: { onWait(error: SyncError): void; onCrash(error: unknown): void },
): Repeating {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const next = (): void => {
    running = once(work, told).then((goesOn) => {
      if (goesOn && !stopped) timer = setTimeout(next, ms);
    });
  };
  next();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}

/** False when it must not run again. Never rejects. */
async function once(
  work: () => Promise<void>,
  told: { onWait(error: SyncError): void; onCrash(error: unknown): void },
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof SyncError && reactionTo(error) === 'wait') {
      told.onWait(error);
      return true;
    }
    told.onCrash(error);
    return false;
  }
}
