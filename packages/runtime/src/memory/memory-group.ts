/** A consumer group: members, their assignment, committed positions. */
import { assign, type Assignment, type Member } from '../partition/assign.ts';
import type { Position, TopicPartition } from '../ports.ts';

/** One that reads, as its group sees it. */
export interface GroupMember {
  readonly topics: readonly string[];
  /** Takes a new assignment over. */
  rejoin(partitions: readonly TopicPartition[]): void;
}

interface Seat {
  readonly id: string;
  owned: readonly TopicPartition[];
}

export class MemoryGroup {
  readonly committed = new Map<string, bigint>();
  readonly #counts: ReadonlyMap<string, number>;
  readonly #seats = new Map<GroupMember, Seat>();
  #lastId = 0;

  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
  }

  /** Adds a member; everyone gets a new assignment. */
  join(member: GroupMember): void {
    this.#seats.set(member, { id: String(this.#lastId++).padStart(4, '0'), owned: [] });
    this.#rebalance();
  }

  leave(member: GroupMember): void {
    if (this.#seats.delete(member)) this.#rebalance();
  }

  /** Throws when one of the partitions is not the member's. */
  commit(member: GroupMember, positions: readonly Position[]): void {
    const owned = new Set(this.#seats.get(member)?.owned.map(nameOf));
    const foreign = positions.find((position) => !owned.has(nameOf(position)));
    if (foreign !== undefined) throw new Error(`committing: ${nameOf(foreign)} is not ours`);
    for (const position of positions) this.committed.set(nameOf(position), position.offset);
  }

  #rebalance(): void {
    const members = [...this.#seats].map(([{ topics }, { id }]): Member => ({ id, topics }));
    const assignment = assign(members, this.#counts);
    for (const seat of this.#seats.values()) seat.owned = partitionsOf(assignment.get(seat.id));
    for (const [member, seat] of [...this.#seats]) member.rejoin(seat.owned);
  }
}

function partitionsOf(assignment: Assignment = {}): TopicPartition[] {
  return Object.entries(assignment).flatMap(([topic, all]) => all.map((partition) => ({ topic, partition })));
}

function nameOf(at: TopicPartition): string {
  return `${at.topic}|${at.partition}`;
}
