/** Work that a service repeats: begun when the service is ready, ended before anything else is. */
import type { Logger } from '../observe/log.ts';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';
import { repeat, type Repeating } from './repeat.ts';

export interface TimedWorkOptions {
  readonly log: Logger;
  readonly metrics: Metrics<RuntimeMetrics>;
  onCrash(error: unknown): void;
}

export class TimedWork {
  readonly #options: TimedWorkOptions;
  readonly #repeating: Repeating[] = [];
  /** What was asked for before the service was ready. */
  #untilReady: (() => void)[] | null = [];

  constructor(options: TimedWorkOptions) {
    this.#options = options;
  }

  every(ms: number, name: string, work: () => Promise<void>): void {
    const start = (): void => void this.#repeating.push(this.#repeat(ms, name, work));
    if (this.#untilReady === null) start();
    else this.#untilReady.push(start);
  }

  begin(): void {
    const waiting = this.#untilReady ?? [];
    this.#untilReady = null;
    for (const start of waiting) start();
  }

  /** Resolves when what runs has ended. */
  async stop(): Promise<void> {
    await Promise.all(this.#repeating.map((one) => one.stop()));
  }

  #repeat(ms: number, name: string, work: () => Promise<void>): Repeating {
    const { log, metrics, onCrash } = this.#options;
    return repeat(ms, work, {
      onWait: (error) => {
        metrics.count('sync_tick_failures_total', { name, code: error.code });
        log.warn({ name, code: error.code, err: error }, 'timed work waits for its next tick');
      },
      onCrash,
    });
  }
}
