import fc from 'fast-check';
import type { Urgency } from '../port.ts';
import { createBudget } from './budget.ts';
import type { Budget } from './budget.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const smallest = { unitsPerMinute: 1_250, unitsPerDay: 1_200_000, share: 1 };

interface Taken {
  readonly at: number;
  readonly units: number;
}

/** Steps of a greedy caller: it waits, then asks for something; what is refused is asked again when the budget says so. */
const steps = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 90_000 })),
    units: fc.integer({ min: 1, max: 40 }),
    urgency: fc.constantFrom<Urgency>(0, 1, 2, 3),
    patient: fc.boolean(),
  }),
  { minLength: 1, maxLength: 300, size: 'max' },
);

type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

function greedy(budget: Budget, plan: Step, scale = 1): Taken[] {
  const taken: Taken[] = [];
  let now = 1_000_000;
  for (const { gapMs, units, urgency, patient } of plan) {
    now += gapMs * scale;
    const asked = Math.min(units, budget.largest(urgency));
    const grant = budget.take(asked, urgency, now);
    if (grant.granted) taken.push({ at: now, units: asked });
    else if (patient) {
      now += grant.waitMs;
      expect(budget.take(asked, urgency, now)).toEqual({ granted: true });
      taken.push({ at: now, units: asked });
    }
  }
  return taken;
}

/** The dearest window: every window begins with a grant without loss of generality. */
function dearest(taken: readonly Taken[], windowMs: number): number {
  const sums = taken.map(({ at }) =>
    taken
      .filter((other) => other.at >= at && other.at <= at + windowMs)
      .reduce((sum, { units }) => sum + units, 0),
  );
  return Math.max(0, ...sums);
}

const shares = fc.constantFrom(1, 0.7, 0.1, 0.02);

describe('a budget', () => {
  it('never exceeds the quota in any minute, and grants what it promised after the wait', () => {
    fc.assert(
      fc.property(steps, shares, (plan, share) => {
        const taken = greedy(createBudget({ ...smallest, share }), plan);
        expect(dearest(taken, MINUTE)).toBeLessThanOrEqual(1_250 * share + 1e-6);
      }),
    );
  });

  it('never exceeds the quota in any day', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const taken = greedy(createBudget({ unitsPerMinute: 1_250, unitsPerDay: 400, share: 1 }), plan, 100);
        expect(dearest(taken, DAY)).toBeLessThanOrEqual(400 + 1e-6);
      }),
    );
  });

  it('gives nine tenths of the quota to a steady caller', () => {
    const budget = createBudget(smallest);
    let now = 0;
    let units = 0;
    while (now < MINUTE) {
      const grant = budget.take(2, 0, now);
      if (grant.granted) units += 2;
      else now += grant.waitMs;
    }
    expect(units).toBeGreaterThan(1_100);
  });

  it('starts empty, so that a restarted process cannot spend a second burst', () => {
    expect(createBudget(smallest).take(2, 0, 5)).toEqual({ granted: false, waitMs: 107 });
  });

  it.each<[Urgency, number]>([
    [0, 125],
    [1, 93],
    [2, 78],
    [3, 62],
  ])('lets urgency %i take %i of a full burst', (urgency, largest) => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    expect(budget.largest(urgency)).toBe(largest);
    expect(budget.take(largest, urgency, MINUTE).granted).toBe(true);
    expect(budget.take(1, urgency, MINUTE).granted).toBe(false);
  });

  it('leaves a reserve for urgency 0 when others have taken all they may', () => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    while (budget.take(2, 3, MINUTE).granted);
    expect(budget.take(2, 1, MINUTE).granted).toBe(true);
    expect(budget.take(40, 0, MINUTE).granted).toBe(true);
  });

  it('lends what is more than a full bucket, and takes it back before the next grant', () => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    expect(budget.take(200, 0, MINUTE).granted).toBe(true);
    expect(budget.take(1, 0, MINUTE)).toEqual({ granted: false, waitMs: Math.ceil(76 / 0.01875) });
  });

  it('neither adds nor loses anything when the clock goes back', () => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    expect(budget.take(120, 0, MINUTE).granted).toBe(true);
    expect(budget.take(5, 0, 1).granted).toBe(true);
    expect(budget.take(2, 0, MINUTE).granted).toBe(false);
  });

  it('grants nothing while it is held, and keeps the longer of two holds', () => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    budget.hold(MINUTE + 10_000);
    budget.hold(MINUTE + 5_000);
    expect(budget.take(1, 0, MINUTE)).toEqual({ granted: false, waitMs: 10_000 });
    expect(budget.take(1, 0, MINUTE + 10_000).granted).toBe(true);
  });

  it('believes Graph when less remains than it thought', () => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    budget.observe({ 'ratelimit-limit': '1250', 'ratelimit-remaining': '3' }, MINUTE);
    expect(budget.take(4, 0, MINUTE).granted).toBe(false);
    expect(budget.take(3, 0, MINUTE).granted).toBe(true);
  });

  it('never gets more from a header than it has, and ignores nonsense', () => {
    const budget = createBudget(smallest);
    budget.take(1, 0, 0);
    budget.observe({ 'ratelimit-limit': '99999', 'ratelimit-remaining': '99999' }, 0);
    budget.observe({ 'ratelimit-limit': 'many', 'ratelimit-remaining': '' }, 0);
    budget.observe({ 'ratelimit-limit': '0' }, 0);
    expect(budget.largest(0)).toBe(125);
    expect(budget.take(1, 0, 0).granted).toBe(false);
  });

  it('shrinks to a lower limit', () => {
    const budget = createBudget(smallest);
    budget.observe({ 'ratelimit-limit': '600' }, 0);
    expect(budget.largest(0)).toBe(60);
  });

  it.each([
    { ...smallest, share: 0 },
    { ...smallest, share: 1.1 },
    { ...smallest, unitsPerMinute: 10 },
    { ...smallest, unitsPerDay: Number.NaN },
  ])('refuses a quota that could never pay for a request: %j', (quota) => {
    expect(() => createBudget(quota)).toThrow(RangeError);
  });
});
