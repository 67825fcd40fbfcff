/**
 * Ends a service whose loops have gone silent though the broker answers: kafkajs can die without a word. An outage of the broker
 * is no reason: the loops go on when it is back.
 */

/**
 * Calls `onSilence` when `alive` was not called for two spans of `ms`, and the broker answered at the end of both. It starts with
 * the first call, so a slow start is no silence.
 */
export function watchdog(
  ms: number,
  answers: () => Promise<boolean>,
  onSilence: (error: Error) => void,
): { alive(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let beats = 0;
  let answeredBefore = false;
  const look = async (): Promise<void> => {
    const seen = beats;
    const answered = await answers();
    if (timer === null) return;
    if (seen === beats && answered && answeredBefore)
      onSilence(
        new Error(`no fetch and no heartbeat for ${2 * ms} ms, and Kafka answers: the consumer is dead`),
      );
    answeredBefore = answered;
    timer.refresh();
  };
  return {
    alive: () => {
      beats++;
      answeredBefore = false;
      timer = timer?.refresh() ?? setTimeout(() => void look(), ms).unref();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
