/** Positions of many partitions, and who waits for them. Pure but for the promises. */
import type { Position, TopicPartition } from '../ports.ts';

export class Positions {
  readonly #next = new Map<string, bigint>();
  #waiting: { readonly goals: readonly Position[]; readonly resolve: () => void }[] = [];

  get(at: TopicPartition): bigint | undefined {
    return this.#next.get(nameOf(at));
  }

  /** Moves a position on; wakes those who waited for it. */
  set(at: TopicPartition, next: bigint): void {
    this.#next.set(nameOf(at), next);
    if (this.#waiting.length === 0) return;
    const reached = this.#waiting.filter((one) => this.#reached(one.goals));
    this.#waiting = this.#waiting.filter((one) => !reached.includes(one));
    for (const { resolve } of reached) resolve();
  }

  /** Resolves when every goal is reached. */
  reach(goals: readonly Position[]): Promise<void> {
    if (this.#reached(goals)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ goals, resolve }));
  }

  /** All positions. */
  *all(): Iterable<[string, bigint]> {
    yield* this.#next;
  }

  #reached(goals: readonly Position[]): boolean {
    return goals.every((goal) => (this.#next.get(nameOf(goal)) ?? -1n) >= goal.offset);
  }
}

/** A partition as a map key. */
export function nameOf(at: TopicPartition): string {
  return `${at.topic}|${at.partition}`;
}
