/**
 * A token bucket in resource units. With 60·refill + capacity ≤ quota, no minute can hold more than the quota, however
 * Microsoft aligns its minutes; the same for days.
 */
export interface BucketPlan {
  /** The most that can be saved up, and so the largest burst. */
  readonly capacity: number;
  readonly perMs: number;
}

/** How much is there, and when that was true. */
export interface BucketState {
  readonly tokens: number;
  readonly at: number;
}

/** A tenth of the quota is burst, the rest trickles in; a burst below `smallest` could never pay for one request. */
export function planBucket(quota: number, windowMs: number, smallest: number): BucketPlan {
  const capacity = Math.max(quota / 10, smallest);
  return { capacity, perMs: (quota - capacity) / windowMs };
}

/** The state at `now`; a clock that went backwards adds nothing. */
export function refill(plan: BucketPlan, state: BucketState, now: number): BucketState {
  if (now <= state.at) return state;
  return { tokens: Math.min(plan.capacity, state.tokens + (now - state.at) * plan.perMs), at: now };
}

/** Milliseconds until `units` can be taken and `floor` is still left; 0 when that is possible now. */
export function waitFor(plan: BucketPlan, state: BucketState, units: number, floor: number): number {
  // What exceeds the bucket is taken from a full one and owed; else it could never be had.
  const needed = Math.min(units + floor, plan.capacity);
  return state.tokens + ROUNDING >= needed ? 0 : Math.ceil((needed - state.tokens) / plan.perMs);
}

/** Sums of fractions do not meet whole numbers exactly. */
const ROUNDING = 1e-9;
