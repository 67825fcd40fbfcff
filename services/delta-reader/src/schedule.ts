/** Which lists are to be read: at most one reading of a list runs, and at most one more is asked for meanwhile. */

export interface Schedule {
  /** Asks for a reading; false when one is asked for already and will start later than now. */
  ask(key: string): boolean;
  /** The reading that was asked for starts: whoever asks from now on gets another one. */
  begin(key: string, now: number): void;
  /** No timed reading before this time, milliseconds since 1970. */
  pauseUntil(key: string, at: number): void;
  isPaused(key: string, now: number): boolean;
  /** True when the list has not been read for that long and no reading is asked for. */
  isDue(key: string, pollMs: number, now: number): boolean;
  /** Forgets what was asked for: after a rebalance nobody knows which readings were given up. All lists are due. */
  forget(): void;
}

export function createSchedule(): Schedule {
  const asked = new Set<string>();
  const startedAt = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  const isPaused = (key: string, now: number): boolean => now < (pausedUntil.get(key) ?? 0);

  return {
    ask: (key) => {
      if (asked.has(key)) return false;
      asked.add(key);
      return true;
    },
    begin: (key, now) => {
      asked.delete(key);
      startedAt.set(key, now);
    },
    pauseUntil: (key, at) => void pausedUntil.set(key, at),
    isPaused,
    isDue: (key, pollMs, now) => {
      if (asked.has(key) || isPaused(key, now)) return false;
      return now - (startedAt.get(key) ?? -Infinity) >= pollMs;
    },
    forget: () => {
      asked.clear();
      startedAt.clear();
    },
  };
}
