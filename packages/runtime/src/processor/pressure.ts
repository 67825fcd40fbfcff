/** When to stop and go on reading a partition. */

/** Records of a partition that may be unfinished before reading stops. */
export const MOST_UNFINISHED = 1000;
/** Reading goes on below this. High enough to keep busy while the next fetch is on its way. */
export const RESUME_BELOW = 500;
/** Records that a crash may repeat: one key that waits must not let the others run ahead without end. */
export const WIDEST_SPREAD = 20_000;

/** Should the partition be paused now? */
export function shouldPause(
  paused: boolean,
  queue: { readonly unfinished: number; readonly spread: number },
): boolean {
  if (queue.spread >= WIDEST_SPREAD) return true;
  return queue.unfinished >= (paused ? RESUME_BELOW : MOST_UNFINISHED);
}
