/** What users do and what breaks in one run: a list made from the seed, from which any entry can be left out. */
import type { Side } from '@sync/core';
import { crossings } from './crossings.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

export type Doing =
  | { readonly do: 'create'; readonly side: Side; readonly slot: number; readonly person: boolean }
  | {
      readonly do: 'edit';
      readonly side: Side;
      readonly slot: number;
      readonly field: number;
      readonly value: number;
      readonly also: number;
    }
  | { readonly do: 'clear'; readonly side: Side; readonly slot: number; readonly field: number }
  | { readonly do: 'delete'; readonly side: Side; readonly slot: number }
  | { readonly do: 'restore'; readonly side: Side; readonly slot: number }
  | { readonly do: 'destroy'; readonly side: 'twenty'; readonly slot: number }
  | { readonly do: 'touch'; readonly side: Side; readonly slot: number }
  | { readonly do: 'kill'; readonly process: number; readonly ms: number; readonly loseCache: boolean }
  | { readonly do: 'freeze' | 'zombie'; readonly process: number; readonly ms: number }
  | { readonly do: 'restart'; readonly process: number }
  | { readonly do: 'connectRestart'; readonly ms: number }
  | { readonly do: 'storm'; readonly ms: number; readonly level: number }
  | { readonly do: 'compact' | 'resync' | 'keepEditors' }
  | { readonly do: 'refuse'; readonly process: number }
  | { readonly do: 'cut'; readonly process: number; readonly ms: number }
  | { readonly do: 'lag'; readonly topic: string; readonly ms: number }
  | { readonly do: 'failover'; readonly lost: number };

export type Step = Doing & { readonly at: number };

export interface Scenario {
  readonly seed: number;
  readonly strategy: string;
  /** Factor on the probability of every small fault of the network. */
  readonly noise: number;
  readonly steps: readonly Step[];
}

/** When faults end and everything heals, milliseconds from the start. */
export const HEAL_AT = 40_000;
const PROCESSES = 10;
const FAULTS = ['kill', 'kill', 'freeze', 'zombie', 'restart', 'connectRestart', 'storm', 'compact'] as const;

export function makeScenario(seed: number): Scenario {
  const random = createRandom(seed);
  const strategy = random.pick([
    'lastWriteWins',
    'lastWriteWins',
    'twentyPriority',
    'sharePointPriority',
    'manualReview',
  ]);
  const slots = random.between(2, 4);
  const steps: Step[] = [];
  for (let slot = 0; slot < slots; slot++)
    steps.push({
      at: random.between(0, 6000),
      do: 'create',
      side: side(random),
      slot,
      person: random.chance(0.35),
    });
  const count = random.between(14, 30);
  for (let n = 0; n < count; n++) steps.push(...edits(random, slots, n));
  const faults = random.between(3, 8);
  for (let n = 0; n < faults; n++) steps.push({ at: random.between(1000, HEAL_AT - 2000), ...fault(random) });
  if (random.chance(0.15))
    steps.push({ at: random.between(15_000, 30_000), do: 'failover', lost: random.between(1, 3) });
  steps.push(...crossings(seed, HEAL_AT));
  steps.sort((a, b) => a.at - b.at);
  return { seed, strategy, noise: random.pick([0, 1, 1, 2]), steps };
}

/** Most things happen to the first record, and often on both sides at once. */
function edits(random: Random, slots: number, n: number): Step[] {
  const slot = random.chance(0.55) ? 0 : random.between(0, slots - 1);
  const at = random.between(3000, HEAL_AT - 5000);
  const first = doing(random, slot, 2 * n, side(random));
  if (!random.chance(0.55)) return [{ at, ...first }];
  const other = first.side === 'twenty' ? 'sharepoint' : 'twenty';
  return [
    { at, ...first },
    { at: at + random.between(0, 2500), ...doing(random, slot, 2 * n + 1, other) },
  ];
}

type UserDoing = Extract<Doing, { readonly side: Side }>;

function doing(random: Random, slot: number, value: number, on: Side): UserDoing {
  const kind = random.next();
  const field = random.between(0, 9);
  if (kind < 0.66)
    return {
      do: 'edit',
      side: on,
      slot,
      field,
      value,
      also: random.chance(0.3) ? random.between(0, 9) : field,
    };
  if (kind < 0.76) return { do: 'clear', side: on, slot, field };
  if (kind < 0.84) return { do: 'delete', side: on, slot };
  if (kind < 0.93) return { do: 'restore', side: on, slot };
  if (kind < 0.95) return { do: 'destroy', side: 'twenty', slot };
  return { do: 'touch', side: on, slot };
}

function fault(random: Random): Doing {
  const kind = random.pick(FAULTS);
  const process = random.between(0, PROCESSES - 1);
  const ms = random.between(500, 8000);
  if (kind === 'kill') return { do: kind, process, ms, loseCache: random.chance(0.3) };
  if (kind === 'freeze' || kind === 'zombie') return { do: kind, process, ms };
  if (kind === 'restart') return { do: kind, process };
  if (kind === 'connectRestart') return { do: kind, ms };
  return kind === 'storm' ? { do: kind, ms, level: random.pick([3, 6]) } : { do: 'compact' };
}

function side(random: Random): Side {
  return random.chance(0.5) ? 'twenty' : 'sharepoint';
}

/** Is the step something a user does? */
export function isUsers(step: Step): boolean {
  return 'side' in step;
}
