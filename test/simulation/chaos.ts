/** How rough the world is. All of it stops when the world heals. */
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

export class Chaos {
  readonly random: Random;
  readonly clock: Clock;
  /** Factor on every probability of a fault; 0 is a kind world. */
  level: number;
  /** Faults by kind. */
  readonly faults = new Map<string, number>();

  constructor(random: Random, clock: Clock, level: number) {
    this.random = random;
    this.clock = clock;
    this.level = level;
  }

  /** Does this fault happen now? Counts it when it does. */
  strikes(kind: string, probability: number): boolean {
    if (!this.random.chance(probability * this.level)) return false;
    this.note(kind);
    return true;
  }

  note(kind: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
  }

  /** Milliseconds that something takes: mostly `usual`, now and then much longer. */
  delay(usual: number, rare: number): number {
    const slow = this.level > 0 && this.random.chance(0.05);
    return slow ? this.random.between(usual, rare) : this.random.between(1, usual);
  }
}
