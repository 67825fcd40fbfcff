import { SyncError } from '@sync/core';
import type { Urgency } from '../port.ts';
import type { Budget } from './budget.ts';

/** Runs something later; answers how to call it off. Milliseconds. */
export type Schedule = (ms: number, run: () => void) => () => void;

export interface GateOptions {
  readonly budget: Budget;
  readonly now: () => number;
  readonly schedule: Schedule;
  /** A wait longer than this is not queued for but thrown as GRAPH_THROTTLED, so that the caller can see it. */
  readonly patienceMs: number;
}

/** The one place where callers wait for budget: the most urgent first, in order of arrival within an urgency. */
export interface Gate {
  /** Resolves when the units are taken. Throws GRAPH_THROTTLED when the budget is closed for long. */
  enter(units: number, urgency: Urgency): Promise<void>;
}

interface Waiter {
  readonly units: number;
  readonly urgency: Urgency;
  readonly resolve: () => void;
  readonly reject: (error: SyncError) => void;
}

/** Puts a queue in front of a budget. It sets one timer, for the moment at which the first in the queue can go. */
export function createGate({ budget, now, schedule, patienceMs }: GateOptions): Gate {
  const queues: Record<Urgency, Waiter[]> = { 0: [], 1: [], 2: [], 3: [] };
  let callOff = (): void => undefined;

  function headQueue(): Waiter[] | undefined {
    return [queues[0], queues[1], queues[2], queues[3]].find((queue) => queue.length > 0);
  }

  function letIn(): void {
    callOff();
    for (let queue = headQueue(); queue !== undefined; queue = headQueue()) {
      const head = queue[0];
      if (head === undefined) return;
      const grant = budget.take(head.units, head.urgency, now());
      if (!grant.granted && grant.waitMs <= patienceMs) {
        callOff = schedule(grant.waitMs, letIn);
        return;
      }
      queue.shift();
      if (grant.granted) head.resolve();
      else head.reject(closed(grant.waitMs));
    }
  }

  return {
    enter: (units, urgency) =>
      new Promise((resolve, reject) => {
        queues[urgency].push({ units, urgency, resolve, reject });
        letIn();
      }),
  };
}

function closed(waitMs: number): SyncError {
  return new SyncError('GRAPH_THROTTLED', 'The budget of this tenant is closed.', { retryAfterMs: waitMs });
}

/** The timers of the process. */
export const systemSchedule: Schedule = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
