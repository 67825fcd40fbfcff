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
  let left = given.states;
  const next = (): Assignment | null => {
    const share = Math.max(1, Math.floor(left / Math.max(1, waiting.length)));
    const scope = waiting.shift();
    if (scope === undefined) return null;
    left -= share;
    return { scope, limit: share };
  };
  const take = (report: ScopeReport, limit: number): void => {
    left += limit - report.states;
    if (report.violation !== null) waiting.length = 0;
    reports.push(report);
    given.onReport(report);
  };
  await Promise.all(Array.from({ length: given.threads }, () => thread(given.worker, next, take)));
  return reports;
}

async function thread(
  file: string,
  next: () => Assignment | null,
  take: (report: ScopeReport, limit: number) => void,
): Promise<void> {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 6144 } });
  try {
    for (let given = next(); given !== null; given = next()) take(await ask(worker, given), given.limit);
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
