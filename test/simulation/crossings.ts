/**
 * People of both sides who work on one field in turn while the way between them is rough: one topic is read late, a process dies
 * right after what it asked for was carried out. They have chance of their own: a seed without any of it does not depend on this file.
 */
import { topics } from '@sync/core';
import type { Side } from '@sync/core';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import type { Step } from './scenario.ts';

/** Topics whose readers may be late while those of the others are not: mostly the answers of the writers. */
const LATE = [
  topics.sharepointResults,
  topics.sharepointResults,
  topics.sharepointResults,
  topics.twentyResults,
  topics.sharepointChanges.company,
  topics.twentyChanges.company,
];
/** Places among the processes. */
const DETECTORS = [1, 2];
const READERS = [8, 9];
const WRITERS = { sharepoint: [3, 4], twenty: [5, 6] } as const;
/** Values and records of these steps: no other step has them. */
const FIRST_VALUE = 1000;
const FIRST_SLOT = 10;

/** Steps of a seed, none in most; all are over before `end`, milliseconds from the start. */
export function crossings(seed: number, end: number): Step[] {
  const random = createRandom(seed ^ 0x6a09e667);
  if (!random.chance(0.4)) return [];
  const count = random.between(1, 4);
  const steps = Array.from({ length: count }, (_, n) => {
    const at = random.between(8000, end - 12_000);
    const kind = random.next();
    if (kind < 0.35) return birth(random, at, n);
    return kind < 0.6 ? takeover(random, at, n) : crossing(random, at, end, n);
  }).flat();
  return random.chance(0.5) ? [{ at: 0, do: 'keepEditors' }, ...steps] : steps;
}

function crossing(random: Random, at: number, end: number, n: number): Step[] {
  const [field, slot] = [random.between(0, 9), random.chance(0.8) ? 0 : 1];
  const side = random.chance(0.7) ? 'twenty' : 'sharepoint';
  const value = FIRST_VALUE + 10 * n;
  const edit = { do: 'edit', slot, field, also: field } as const;
  const steps: Step[] = [
    { at, ...edit, side, value },
    { at: at + random.between(0, 3500), ...edit, side: other(side), value: value + 1 },
  ];
  if (random.chance(0.7)) steps.push(lag(random, at, end));
  if (random.chance(0.6)) steps.push(...DETECTORS.map((process) => cut(random, at, process)));
  else if (random.chance(0.5)) steps.push(cut(random, at, random.pick(WRITERS[other(side)])));
  return steps;
}

/**
 * Whoever decides on an edit dies at once; while another takes over, a person of the other side goes on with what the write has
 * brought. The one that takes over hears of that before it hears of the edit again, and of the write itself at last.
 */
function takeover(random: Random, at: number, n: number): Step[] {
  const [field, slot] = [random.between(0, 9), random.chance(0.8) ? 0 : 1];
  const side = random.chance(0.7) ? 'twenty' : 'sharepoint';
  const edit = { do: 'edit', slot, field, also: field } as const;
  const value = FIRST_VALUE + 10 * n;
  const changes =
    side === 'twenty' ? Object.values(topics.twentyChanges) : Object.values(topics.sharepointChanges);
  const answers = side === 'twenty' ? topics.sharepointResults : topics.twentyResults;
  const ms = random.between(3000, 8000);
  return [
    ...DETECTORS.map((process): Step => ({ at: at - 50, do: 'cut', process, ms: random.between(500, 3000) })),
    { at, do: 'lag', topic: answers.name, ms: ms + random.between(1000, 4000) },
    { at, ...edit, side, value },
    ...changes.map(({ name }): Step => ({ at: at + random.between(600, 1500), do: 'lag', topic: name, ms })),
    { at: at + random.between(900, 3000), ...edit, side: other(side), value: value + 1 },
  ];
}

/** A new record, which people of the other side work on as soon as they see it; who made it for them may know nothing of it. */
function birth(random: Random, at: number, n: number): Step[] {
  const side = random.chance(0.7) ? 'twenty' : 'sharepoint';
  const slot = FIRST_SLOT + n;
  const steps: Step[] = [{ at, do: 'create', side, slot, person: random.chance(0.35) }];
  for (let edits = 1; edits <= 3; edits++) {
    const field = random.between(0, 1);
    const edit = { do: 'edit', slot, field, also: field, value: FIRST_VALUE + 10 * n + edits } as const;
    const when = at + random.between(400, 6000);
    steps.push({ at: when, ...edit, side: random.chance(0.8) ? other(side) : side });
    if (random.chance(0.3))
      steps.push(...READERS.map((process): Step => ({ at: when, do: 'refuse', process })));
  }
  if (random.chance(0.4)) steps.push(...death(random, at + random.between(2000, 9000), slot));
  const cuts = WRITERS[other(side)].map((process): Step => cut(random, at, process));
  return random.chance(0.7) ? [...steps, ...cuts] : steps;
}

/** The last of a record; the feed may be of no use just then. */
function death(random: Random, at: number, slot: number): Step[] {
  const step: Step = { at, do: 'delete', side: random.chance(0.7) ? 'sharepoint' : 'twenty', slot };
  return random.chance(0.5) ? [step, { at: at + random.between(0, 500), do: 'resync' }] : [step];
}

function lag(random: Random, at: number, end: number): Step {
  const ms = Math.min(random.between(3000, 26_000), end - at);
  return { at: at - random.between(0, 300), do: 'lag', topic: random.pick(LATE).name, ms };
}

/** Before the edit is heard of, or while its write is on the way. */
function cut(random: Random, at: number, process: number): Step {
  const when = random.chance(0.5) ? at - random.between(0, 200) : at + random.between(0, 4000);
  return { at: when, do: 'cut', process, ms: random.between(500, 5000) };
}

function other(side: Side): Side {
  return side === 'twenty' ? 'sharepoint' : 'twenty';
}
