/** One run: faults and users, then healing, then rest; and what was broken on the way. */
import { topics } from '@sync/core';
import { warmCodec } from './codec.ts';
import { EPOCH_MS, WORLD, inVirtualTime } from './clock.ts';
import { differences, openQuestions, unanswered, wrongMappings } from './invariants.ts';
import { HEAL_AT, isUsers } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { RESEND_MS } from './services.ts';
import { World } from './world.ts';

export interface Run {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Equal for equal runs. */
  readonly hash: string;
  readonly events: number;
  /** What users did. */
  readonly operations: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly commands: number;
  readonly conflicts: number;
}

/** Virtual time after healing within which everything must be at rest, milliseconds. */
const LIVENESS_MS = 240_000;
/** Events after which a run is taken to go round in circles; an honest one has less than half. */
const MOST_EVENTS = 40_000;
/** Nothing happens for so long: longer than it takes to send a command again. */
const REST_MS = RESEND_MS + 12_000;

export async function simulate(
  scenario: Scenario,
  tell: ((line: string) => void) | null = null,
): Promise<Run> {
  const codec = await warmCodec();
  const world = new World(scenario, codec, tell);
  const { clock, ledger } = world;
  const decodeConflict = (bytes: Buffer): unknown => codec.decode(topics.conflicts, bytes);
  const decodeMapping = (bytes: Buffer): unknown => codec.decode(topics.mappings, bytes);
  await inVirtualTime(clock, async () => {
    for (const step of scenario.steps) clock.after(step.at, () => world.do(step), WORLD);
    clock.after(HEAL_AT, () => world.heal(), WORLD);
    await clock.runUntil(EPOCH_MS + HEAL_AT, () => ledger.violations.length > 0);
    if (ledger.violations.length > 0) return;
    const rested = await rest(world);
    if (ledger.violations.length > 0) return;
    const open = openQuestions(world, decodeConflict);
    ledger.violations.push(...differences(world, open));
    if (!rested) ledger.violations.push('comes-to-rest: still busy long after healing');
    ledger.violations.push(
      ...ledger.lost(),
      ...ledger.falseConflicts(),
      ...world.vainWrites.violations(),
      ...unanswered(world),
      ...wrongMappings(world, decodeMapping),
    );
    if (ledger.violations.length === 0) await replay(world);
  });
  return {
    seed: scenario.seed,
    violations: [...new Set(ledger.violations)],
    hash: world.trace.fingerprint,
    events: clock.count,
    operations: [...world.users.done.values()].reduce((sum, count) => sum + count, 0),
    faults: Object.fromEntries(world.chaos.faults),
    commands: world.commands.size,
    conflicts: world.trace.count(topics.conflicts),
  };
}

/** Runs until nothing was written to any topic for a while; false when that does not come. */
async function rest(world: World): Promise<boolean> {
  const { clock } = world;
  const end = clock.now + LIVENESS_MS;
  const quiet = (): boolean => clock.now - Math.max(world.trace.lastAppendAt, EPOCH_MS + HEAL_AT) >= REST_MS;
  const busy = (): boolean => clock.count > MOST_EVENTS;
  await clock.runUntil(
    end,
    () => world.ledger.violations.length > 0 || busy() || (quiet() && world.connect.idle),
  );
  return clock.now < end && !busy();
}

/** All change and result topics once more, from the beginning, into the state as it is: nobody may want anything. */
async function replay(world: World): Promise<void> {
  const written = (): number =>
    world.trace.count(topics.twentyWrites, topics.conflicts, ...Object.values(topics.writes));
  const before = written();
  const detectors = world.processes.filter(({ topology }) => topology.name === 'conflict-detector');
  for (const detector of detectors) detector.kill(0);
  await world.clock.runUntil(world.clock.now + 10);
  world.cluster.group('sync.conflict-detector').committed.clear();
  for (const detector of detectors) detector.start(0);
  await world.clock.runUntil(world.clock.now + 8000);
  if (written() > before)
    world.ledger.violations.push(`no-echo: a replay made ${written() - before} commands or conflicts`);
}

/** Steps of users in a scenario. */
export function usersSteps(scenario: Scenario): number {
  return scenario.steps.filter(isUsers).length;
}
