/**
 * Fetches that outlive the membership they were made in. Where a leader has moved, kafkajs 2.2.4 joins its group again out of one
 * fetch while those from other brokers go on. When its session has ended by then it joins as a new member and reads on from what is
 * committed; but what such a fetch brings it takes for the next thing to read, and leaves out what lies between. Pure.
 */
import type { Position, TopicPartition } from '../ports.ts';
import { nameOf } from '../store/positions.ts';

interface Reading {
  /** What is before it is done: committed, or never ours. */
  safe: bigint;
  next: bigint;
}

export class Memberships {
  readonly #readings = new Map<string, Reading>();
  readonly #former = new Map<string, Reading>();

  /** A new assignment; a new member reads every partition anew. */
  join(partitions: readonly TopicPartition[], sameMember: boolean): void {
    const kept = new Set(sameMember ? partitions.map(nameOf) : []);
    for (const [name, reading] of this.#readings) {
      if (kept.has(name)) continue;
      this.#former.set(name, reading);
      this.#readings.delete(name);
    }
  }

  /** A position that is asked for by name is where the next batch begins. */
  seek(position: Position): void {
    this.#readings.set(nameOf(position), { safe: position.offset, next: position.offset });
  }

  commit(positions: readonly Position[]): void {
    for (const position of positions) {
      const reading = this.#readings.get(nameOf(position));
      if (reading !== undefined) reading.safe = position.offset;
    }
  }

  /**
   * A batch that was fetched from a position; null when it is to be taken. When it goes on where the reading before has ended, though
   * that was not all committed: the position to read from instead. At worst that repeats what another member has done meanwhile.
   */
  take(at: TopicPartition, from: bigint, next: bigint): bigint | null {
    const name = nameOf(at);
    const reading = this.#readings.get(name);
    if (reading !== undefined) {
      reading.next = next;
      return null;
    }
    const former = this.#former.get(name);
    this.#former.delete(name);
    const isStale = former !== undefined && from === former.next && former.safe < former.next;
    this.#readings.set(name, isStale ? { safe: former.safe, next: former.safe } : { safe: from, next });
    return isStale ? former.safe : null;
  }
}
