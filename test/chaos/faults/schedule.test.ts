import { seeded } from '../random.ts';
import { FAULT_KINDS } from './kinds.ts';
import { planFaults } from './schedule.ts';

const PARTS = [
  'postgres',
  'kafka',
  'kafka-2',
  'connect',
  'connect-2',
  'registry',
  'simulator',
  'delta-reader',
  'delta-reader-2',
];
const plan = (seed: number, count = 60) =>
  planFaults({ kinds: FAULT_KINDS, parts: PARTS, count, withinMs: 60_000, random: seeded(seed) });

test('a seed gives one schedule, another seed another', () => {
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
});

test('every kind comes once before any comes twice', () => {
  const first = plan(3, FAULT_KINDS.length);
  expect(new Set(first.map(({ kind }) => kind)).size).toBe(FAULT_KINDS.length);
});

test('faults come in order, in time, and only to what can have them', () => {
  const faults = plan(5);
  expect(faults.map(({ at }) => at)).toEqual(faults.map(({ at }) => at).sort((a, b) => a - b));
  expect(faults.every(({ at }) => at >= 0 && at <= 60_000)).toBe(true);
  for (const { kind, target } of faults)
    expect(FAULT_KINDS.find((one) => one.kind === kind)?.targets(PARTS)).toContain(target);
});

test('there are enough kinds', () => expect(FAULT_KINDS.length).toBeGreaterThanOrEqual(20));
