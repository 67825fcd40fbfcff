import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Counters of faults still to come; each one that happens takes one off. */
export interface Faults {
  /** Writes that are done but answered with 504. */
  commitThen504: number;
  next503: number;
  next429: number;
  /** Seconds in the Retry-After of injected 503 and 429. */
  retryAfterS: number;
  dropNotifications: number;
  duplicateNotifications: number;
}

export const noFaults = (): Faults => ({
  commitThen504: 0,
  next503: 0,
  next429: 0,
  retryAfterS: 1,
  dropNotifications: 0,
  duplicateNotifications: 0,
});

/** Takes one pending fault of a kind, if there is one. */
export function takeFault(faults: Faults, kind: Exclude<keyof Faults, 'retryAfterS'>): boolean {
  if (faults[kind] <= 0) return false;
  faults[kind] -= 1;
  return true;
}

/** A refusal before the request is even looked at. */
export function injectedBefore(faults: Faults): Refusal | null {
  const headers = { 'Retry-After': String(faults.retryAfterS) };
  if (takeFault(faults, 'next503')) {
    const message = 'The service is not available. Try the request again after a delay.';
    return refuse(503, 'serviceNotAvailable', message, { headers });
  }
  if (takeFault(faults, 'next429')) {
    return refuse(429, 'activityLimitReached', 'The request has been throttled', { headers });
  }
  return null;
}

/** The answer of a write that happened but whose answer got lost on the way. */
export function lostAnswer(faults: Faults): Refusal | null {
  if (!takeFault(faults, 'commitThen504')) return null;
  return refuse(504, 'UnknownError', 'The request timed out.');
}
