import type { Random } from '../random.ts';
import type { FaultKind, PlannedFault } from './fault.ts';

export interface ScheduleOptions {
  readonly kinds: readonly FaultKind[];
  readonly parts: readonly string[];
  readonly count: number;
  /** The last fault begins before this many milliseconds. */
  readonly withinMs: number;
  readonly random: Random;
}

/** Faults spread evenly with some jitter; every kind comes once before any comes twice. */
export function planFaults({ kinds, parts, count, withinMs, random }: ScheduleOptions): PlannedFault[] {
  const possible = kinds.filter((kind) => kind.targets(parts).length > 0);
  const step = withinMs / count;
  let deck: FaultKind[] = [];
  return Array.from({ length: count }, (_, at) => {
    if (deck.length === 0) deck = shuffled(possible, random);
    const kind = deck.pop();
    if (kind === undefined) throw new Error('no kind of fault fits these parts');
    const jitter = (random.next() - 0.5) * step;
    return {
      kind: kind.kind,
      target: random.pick(kind.targets(parts)),
      at: Math.max(0, Math.round((at + 0.5) * step + jitter)),
      ms: random.between(kind.ms[0], kind.ms[1]),
    };
  });
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  return all
    .map((one) => ({ one, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
