import type { SyncError } from '@sync/core';
import { createBudget } from './budget.ts';
import { createGate } from './gate.ts';
import type { Urgency } from '../port.ts';

/** A gate with a clock moved by hand; `order` tells who went in. */
function gateAt(patienceMs = 1e9) {
  let time = 0;
  let timer: { at: number; run: () => void } | null = null;
  const counts = { scheduled: 0 };
  const order: string[] = [];
  const budget = createBudget({ unitsPerMinute: 1_250, unitsPerDay: 1_200_000, share: 1 });
  const schedule = (ms: number, run: () => void) => {
    counts.scheduled += 1;
    const mine = { at: time + ms, run };
    timer = mine;
    return () => {
      if (timer === mine) timer = null;
    };
  };
  const gate = createGate({ budget, now: () => time, schedule, patienceMs });
  const enter = (name: string, units: number, urgency: Urgency) =>
    gate.enter(units, urgency).then(
      () => void order.push(name),
      (error: unknown) => void order.push(`${name}: ${(error as SyncError).code}`),
    );
  /** Jumps from timer to timer up to a time. */
  const runUntil = async (end: number) => {
    for (let next = timer; next !== null && next.at <= end; next = timer) {
      time = next.at;
      timer = null;
      next.run();
      await Promise.resolve();
    }
    time = end;
    await new Promise(setImmediate);
  };
  return { enter, runUntil, order, counts, budget, waiting: () => timer !== null };
}

describe('a gate', () => {
  it('lets the most urgent in first, in order of arrival', async () => {
    const { enter, runUntil, order } = gateAt();
    void enter('p3', 2, 3);
    void enter('p1 a', 2, 1);
    void enter('p1 b', 2, 1);
    void enter('p0', 2, 0);
    await runUntil(60_000);
    expect(order).toEqual(['p0', 'p1 a', 'p1 b', 'p3']);
  });

  it('sets one timer per grant and none when nobody waits', async () => {
    const { enter, runUntil, order, counts, waiting } = gateAt();
    for (let n = 0; n < 10; n += 1) void enter(`${n}`, 2, 0);
    const arrivals = counts.scheduled;
    await runUntil(60_000);
    expect(order).toHaveLength(10);
    expect(counts.scheduled - arrivals).toBeLessThanOrEqual(10);
    expect(waiting()).toBe(false);
  });

  it('keeps everyone out while the budget is held', async () => {
    const { enter, runUntil, order, budget } = gateAt();
    budget.hold(10_000);
    void enter('p0', 1, 0);
    await runUntil(9_999);
    expect(order).toEqual([]);
    await runUntil(10_000);
    expect(order).toEqual(['p0']);
  });

  it('tells everyone in the queue when the budget closes for longer than they are patient', async () => {
    const { enter, runUntil, order, budget, waiting } = gateAt(5_000);
    void enter('early', 2, 3);
    budget.hold(60_000);
    void enter('late', 2, 0);
    await runUntil(1);
    expect(order.toSorted()).toEqual(['early: GRAPH_THROTTLED', 'late: GRAPH_THROTTLED']);
    expect(waiting()).toBe(false);
  });
});
