import { planBucket, refill, waitFor } from './bucket.ts';
import type { BucketState } from './bucket.ts';
import { DEAREST } from './costs.ts';
import type { Urgency } from '../port.ts';

/** Quota of this application in one tenant, in resource units, and the part of it (0…1] that this process may use. */
export interface Quota {
  readonly unitsPerMinute: number;
  readonly unitsPerDay: number;
  readonly share: number;
}

/** Answer to a request for units; after `waitMs` asking again makes sense. */
export type Grant = { readonly granted: true } | { readonly granted: false; readonly waitMs: number };

/** The quota as a local variable: a minute bucket, a day bucket, and a hold while Graph wants silence. */
export interface Budget {
  /** Takes units if they are there and enough is left for more urgent callers. */
  take(units: number, urgency: Urgency, now: number): Grant;
  /** The most units that one request of this urgency should ask for at once. */
  largest(urgency: Urgency): number;
  /** Learns from `RateLimit-*` of any answer (names in lower case): it can only lower what is there. */
  observe(headers: Readonly<Record<string, string>>, now: number): void;
  /** Grants nothing before this time. */
  hold(until: number): void;
}

/** How much of the burst an urgency leaves for those before it. */
const RESERVE: Readonly<Record<Urgency, number>> = { 0: 0, 1: 0.25, 2: 0.375, 3: 0.5 };

/** The least burst: the dearest request must fit beside the largest reserve. */
const LEAST_BURST = DEAREST / (1 - RESERVE[3]);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * A budget that cannot exceed the quota in any minute or day, aligned or not. The minute starts empty, so that a
 * process which restarts at once cannot spend the burst twice; the day starts full.
 */
export function createBudget(quota: Quota): Budget {
  rejectTiny(quota);
  let minutePlan = planBucket(quota.unitsPerMinute * quota.share, MINUTE_MS, LEAST_BURST);
  const dayPlan = planBucket(quota.unitsPerDay * quota.share, DAY_MS, LEAST_BURST);
  let minute: BucketState | null = null;
  let day: BucketState = { tokens: dayPlan.capacity, at: 0 };
  let heldUntil = 0;

  function advance(now: number): BucketState {
    day = refill(dayPlan, day, now);
    minute = minute === null ? { tokens: 0, at: now } : refill(minutePlan, minute, now);
    return minute;
  }

  function take(units: number, urgency: Urgency, now: number): Grant {
    const current = advance(now);
    const floor = RESERVE[urgency];
    const waitMs = Math.max(
      heldUntil - now,
      waitFor(minutePlan, current, units, floor * minutePlan.capacity),
      waitFor(dayPlan, day, units, floor * dayPlan.capacity),
    );
    if (waitMs > 0) return { granted: false, waitMs };
    minute = { ...current, tokens: current.tokens - units };
    day = { ...day, tokens: day.tokens - units };
    return { granted: true };
  }

  function observe(headers: Readonly<Record<string, string>>, now: number): void {
    const limit = numberIn(headers['ratelimit-limit']);
    const remaining = numberIn(headers['ratelimit-remaining']);
    if (limit !== null && limit * quota.share >= LEAST_QUOTA) {
      minutePlan = planBucket(Math.min(limit, quota.unitsPerMinute) * quota.share, MINUTE_MS, LEAST_BURST);
    }
    if (remaining === null) return;
    const current = advance(now);
    minute = { ...current, tokens: Math.min(current.tokens, remaining * quota.share) };
  }

  return {
    take,
    observe,
    largest: (urgency) => Math.floor(minutePlan.capacity * (1 - RESERVE[urgency])),
    hold: (until) => {
      heldUntil = Math.max(heldUntil, until);
    },
  };
}

/** Below this nothing would trickle in beside the least burst. */
const LEAST_QUOTA = 2 * LEAST_BURST;

function rejectTiny({ unitsPerMinute, unitsPerDay, share }: Quota): void {
  const least = Math.min(unitsPerMinute, unitsPerDay) * share;
  if (share > 0 && share <= 1 && least >= LEAST_QUOTA) return;
  throw new RangeError(
    `share must be in (0, 1] and leave ${LEAST_QUOTA} resource units per minute and day; it leaves ${least}.`,
  );
}

function numberIn(text: string | undefined): number | null {
  const value = Number(text?.trim() || 'absent');
  return Number.isFinite(value) && value >= 0 ? value : null;
}
