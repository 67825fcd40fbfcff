/** Runs many seeds on several threads. */
import { Worker } from 'node:worker_threads';
import type { Run } from './simulate.ts';

const CHUNK = 10;
/** A run that takes so much of a processor goes round in circles without virtual time passing, milliseconds. */
const LONGEST_RUN_MS = 60_000;

/** What all threads have taken of the processors, milliseconds: a machine that is busy otherwise makes no run a long one. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export interface PoolOptions {
  readonly from: number;
  readonly count: number;
  readonly threads: number;
  /** File of the worker; another copy of the sources has another one. */
  readonly worker: string;
  /** Told of every run; true ends everything. */
  onRun(run: Run): boolean;
  /** Told of the seed of a run that never ends; that ends everything too. */
  onStuck(seed: number): void;
}

/** Resolves when all seeds have run, or a run was told to be the last. */
export function runSeeds(options: PoolOptions): Promise<void> {
  const end = options.from + options.count;
  let next = options.from;
  const workers: Worker[] = [];
  return new Promise((resolve, reject) => {
    let busy = 0;
    const stop = (): void => {
      for (const worker of workers) void worker.terminate();
      resolve();
    };
    const stuck = (seed: number): void => {
      options.onStuck(seed);
      stop();
    };
    const feed = (worker: Worker): number => {
      const seeds = Array.from({ length: Math.min(CHUNK, end - next) }, (_, n) => next + n);
      next += seeds.length;
      if (seeds.length > 0) worker.postMessage(seeds);
      else if (--busy === 0) stop();
      return seeds[0] ?? end;
    };
    for (let n = 0; n < options.threads; n++) {
      const worker = new Worker(options.worker);
      workers.push(worker);
      busy++;
      let seed = feed(worker);
      let since = spentMs();
      const look = (): void =>
        spentMs() - since > LONGEST_RUN_MS * options.threads ? stuck(seed) : undefined;
      const watchdog = setInterval(look, 1000);
      worker.on('error', reject);
      worker.on('exit', () => clearInterval(watchdog));
      worker.on('message', (message: Run | 'next') => {
        since = spentMs();
        if (message === 'next') seed = feed(worker);
        else if (options.onRun(message)) stop();
        else seed++;
      });
    }
  });
}
