/** All states seen so far: their fingerprints, and from which state by which move each was first reached. */
import type { Fingerprint } from './fingerprint.ts';

const NO_STATE = 0xffffffff;

/** Takes about 45 bytes for each state of its capacity, so that 50 million fit in 2.2 GB. */
export class SeenStates {
  private readonly high: Uint32Array;
  private readonly low: Uint32Array;
  private readonly numbers: Uint32Array;
  private readonly parents: Uint32Array;
  private readonly successors: Uint32Array;
  private readonly moves: Uint8Array;
  private readonly mask: number;
  private count = 0;

  constructor(capacity: number) {
    const slots = 2 ** Math.ceil(Math.log2(capacity * 1.4 + 2));
    this.mask = slots - 1;
    this.high = new Uint32Array(slots);
    this.low = new Uint32Array(slots);
    this.numbers = new Uint32Array(slots);
    this.parents = new Uint32Array(capacity);
    this.successors = new Uint32Array(capacity).fill(NO_STATE);
    this.moves = new Uint8Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  /** The number of a new state; the complement (`~`) of its number when it was seen before. */
  add({ high, low }: Fingerprint, parent = NO_STATE, move = 0): number {
    // Zero means an empty slot.
    const [a, b] = [high >>> 0, low >>> 0 || 1];
    let slot = (a ^ b) & this.mask;
    while (this.low[slot] !== 0) {
      if (this.low[slot] === b && this.high[slot] === a) return ~(this.numbers[slot] ?? 0);
      slot = (slot + 1) & this.mask;
    }
    [this.high[slot], this.low[slot]] = [a, b];
    this.numbers[slot] = this.count;
    [this.parents[this.count], this.moves[this.count]] = [parent, move];
    this.count += 1;
    return this.count - 1;
  }

  /** Notes to which state the pipeline goes by itself, when nothing disturbs it. */
  leadsTo(state: number, next: number): void {
    this.successors[state] = next;
  }

  /** A state from which the pipeline by itself goes round in circles; null when there is none. */
  circle(): number | null {
    const walks = new Uint32Array(this.count);
    for (let start = 0; start < this.count; start += 1) {
      let at = start;
      while (at !== NO_STATE && at < this.count && walks[at] === 0) {
        walks[at] = start + 1;
        at = this.successors[at] ?? NO_STATE;
      }
      if (at !== NO_STATE && walks[at] === start + 1) return at;
    }
    return null;
  }

  /** The moves, by their places, that lead from the first state to this one. */
  pathTo(state: number): number[] {
    const path: number[] = [];
    for (let at = state; this.parents[at] !== NO_STATE; at = this.parents[at] ?? NO_STATE)
      path.unshift(this.moves[at] ?? 0);
    return path;
  }
}
