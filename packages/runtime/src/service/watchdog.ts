/** Ends a service whose loops have gone silent: kafkajs can die without a word. */

/** Calls `onSilence` when `alive` was not called for `ms`. It starts with the first call, so a slow start is no silence. */
export function watchdog(ms: number, onSilence: (error: Error) => void): { alive(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  const bark = (): void =>
    onSilence(new Error(`no fetch and no heartbeat for ${ms} ms: the consumer is dead`));
  return {
    alive: () => {
      timer = timer?.refresh() ?? setTimeout(bark, ms).unref();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
