/** A consumer group: eager rebalances, generations, commits that only the present generation may make. */
import { assign } from '../../packages/runtime/src/partition/assign.ts';
import type { Position, TopicPartition } from '../../packages/runtime/src/ports.ts';

export interface GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
  /** Hears of an assignment some time after it was made. */
  onGeneration(generation: number, partitions: readonly TopicPartition[]): void;
}

export class SimGroup {
  readonly committed = new Map<string, bigint>();
  readonly #counts: ReadonlyMap<string, number>;
  #members: GroupMember[] = [];
  generation = 0;

  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts;
  }

  join(member: GroupMember): void {
    this.#members.push(member);
    this.rebalance();
  }

  leave(member: GroupMember): void {
    const before = this.#members.length;
    this.#members = this.#members.filter((one) => one !== member);
    if (this.#members.length < before) this.rebalance();
  }

  has(member: GroupMember): boolean {
    return this.#members.includes(member);
  }

  rebalance(): void {
    this.generation++;
    const assignment = assign(this.#members, this.#counts);
    for (const member of this.#members) {
      const partitions = Object.entries(assignment.get(member.id) ?? {}).flatMap(([topic, numbers]) =>
        numbers.map((partition) => ({ topic, partition })),
      );
      member.onGeneration(this.generation, partitions);
    }
  }

  commit(member: GroupMember, generation: number, positions: readonly Position[]): void {
    if (!this.has(member) || generation !== this.generation) throw new Error('ILLEGAL_GENERATION');
    for (const { topic, partition, offset } of positions) this.committed.set(`${topic}|${partition}`, offset);
  }
}
