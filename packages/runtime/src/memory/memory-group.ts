/** A consumer group: members, their assignment, committed positions. */
import { assign, type Member } from '../partition/assign.ts';
import type { Position, TopicPartition } from '../ports.ts';

type Rejoin = (partitions: readonly TopicPartition[]) => void;

export class MemoryGroup {
  readonly committed = new Map<string, bigint>();
  readonly #counts: ReadonlyMap<string, number>;
  readonly #members = new Map<Member, Rejoin>();
  #lastId = 0;

  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
  }

  /** Adds a member; everyone gets a new assignment. Returns the way out. */
  join(topics: readonly string[], rejoin: Rejoin): () => void {
    const member = { id: String(this.#lastId++).padStart(4, '0'), topics };
    this.#members.set(member, rejoin);
    this.#rebalance();
    return () => {
      this.#members.delete(member);
      this.#rebalance();
    };
  }

  commit(positions: readonly Position[]): void {
    for (const { topic, partition, offset } of positions) this.committed.set(`${topic}|${partition}`, offset);
  }

  #rebalance(): void {
    const assignment = assign([...this.#members.keys()], this.#counts);
    for (const [member, rejoin] of this.#members)
      rejoin(
        Object.entries(assignment.get(member.id) ?? {}).flatMap(([topic, all]) =>
          all.map((partition) => ({ topic, partition })),
        ),
      );
  }
}
