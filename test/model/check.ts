/** Explores many scopes on a few threads, within one number of states. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Assignment, ScopeReport } from './scope-worker.ts';

export interface Check {
  /** Places in the list of scopes. */
  readonly scopes: readonly number[];
  /** Most states in all; what a scope leaves over is for those after it. */
  readonly states: number;
  readonly threads: number;
  /** The worker's file, absolute. */
  readonly worker: string;
  readonly onReport: (report: ScopeReport) => void;
}

/** Resolves with all reports when every scope was explored, or with those so far at the first violation. */
export async function check(given: Check): Promise<ScopeReport[]> {
  const reports: ScopeReport[] = [];
  const waiting = [...given.scopes];
  const running = new Set<Promise<void>>();
  let left = given.states;
  const explore = async (worker: Worker, scope: number): Promise<void> => {
    const limit = Math.max(1, Math.floor(left / (waiting.length + 1)));
    left -= limit;
    const report = await ask(worker, { scope, limit });
    left += limit - report.states;
    if (report.violation !== null) waiting.length = 0;
    reports.push(report);
    given.onReport(report);
  };
  const thread = async (worker: Worker): Promise<void> => {
    while (waiting.length > 0) {
      // The last scope takes what all others leave over, so it begins when they have told.
      if (waiting.length === 1) await Promise.all(running);
      const scope = waiting.shift();
      if (scope === undefined) return;
      const turn = explore(worker, scope);
      running.add(turn);
      await turn;
      running.delete(turn);
    }
  };
  await Promise.all(Array.from({ length: given.threads }, () => withWorker(given.worker, thread)));
  return reports;
}

async function withWorker(file: string, use: (worker: Worker) => Promise<void>): Promise<void> {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 6144 } });
  try {
    await use(worker);
  } finally {
    await worker.terminate();
  }
}

async function ask(worker: Worker, assignment: Assignment): Promise<ScopeReport> {
  worker.postMessage(assignment);
  // Rejects when the worker fails meanwhile.
  const [report] = (await once(worker, 'message')) as [ScopeReport];
  return report;
}
