import { makeScenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { plantedBugs } from './mutants.ts';
import { simulate } from './simulate.ts';

// A run takes a second; beside other work it may take many.
jest.setTimeout(60_000);

describe('a simulation', () => {
  test('is the same every time, event by event', async () => {
    const [first, other, second] = [
      await simulate(makeScenario(11)),
      await simulate(makeScenario(12)),
      await simulate(makeScenario(11)),
    ];
    expect(second).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
    expect(first.events).toBeGreaterThan(1000);
  });

  test('of a few seeds breaks nothing', async () => {
    for (let seed = 1; seed <= 5; seed++)
      expect(await simulate(makeScenario(seed))).toMatchObject({ seed, violations: [] });
  });

  test('tells users and faults apart, and often has both sides edit one record at once', () => {
    const { steps } = makeScenario(11);
    const sided = steps.filter((step) => 'side' in step && step.do !== 'create');
    const answered = sided.filter((step, n) => {
      const near = sided.slice(n + 1).find((other) => other.at - step.at <= 2500);
      return near !== undefined;
    });
    expect(answered.length / sided.length).toBeGreaterThan(0.3);
  });
});

describe('shrinking', () => {
  test('leaves a scenario alone that does not fail without any of its steps', async () => {
    const scenario = { ...makeScenario(11), steps: makeScenario(11).steps.slice(0, 2) };
    expect(await shrink(scenario, 'no-such-invariant: x', 5)).toEqual(scenario);
  });
});

test('there are at least thirty planted bugs', () => {
  expect(plantedBugs().length).toBeGreaterThanOrEqual(30);
});
