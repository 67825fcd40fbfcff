/** Leaves out of a failing scenario whatever it fails without. */
import type { Scenario, Step } from './scenario.ts';
import { simulate } from './simulate.ts';

/** The smallest scenario found that still breaks the same invariant; `tries` bounds the work. */
export async function shrink(scenario: Scenario, violation: string, tries = 300): Promise<Scenario> {
  const kind = kindOf(violation);
  let left = tries;
  const fails = async (candidate: Scenario): Promise<boolean> => {
    if (left-- <= 0) return false;
    return (await simulate(candidate)).violations.some((one) => kindOf(one) === kind);
  };
  const calm = { ...scenario, noise: 0 };
  let best = (await fails(calm)) ? calm : scenario;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < best.steps.length;) {
      const candidate = { ...best, steps: without(best.steps, from, size) };
      if (await fails(candidate)) best = candidate;
      else from += size;
    }
  }
  return best;
}

/** The name of the invariant in a violation. */
export function kindOf(violation: string): string {
  return violation.slice(0, Math.max(0, violation.indexOf(':')));
}

function without(steps: readonly Step[], from: number, count: number): Step[] {
  return [...steps.slice(0, from), ...steps.slice(from + count)];
}
