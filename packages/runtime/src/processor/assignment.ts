/** The partitions that are ours now, and what is known of each. A partition that stays ours over a rebalance goes on where it was. */
import type { Position, TopicPartition } from '../ports.ts';
import { nameOf } from '../store/positions.ts';
import { PartitionWork } from './partition-work.ts';

export class Assignment {
  #work = new Map<string, PartitionWork>();

  /** Takes a new assignment over; the work of what was lost is given up. Returns what is newly ours. */
  replace(partitions: readonly TopicPartition[], sameMember: boolean): PartitionWork[] {
    const before = this.#work;
    this.#work = new Map();
    for (const at of partitions) {
      const kept = sameMember ? before.get(nameOf(at)) : undefined;
      this.#work.set(nameOf(at), kept ?? new PartitionWork(at));
    }
    for (const work of before.values()) if (this.get(work.at) !== work) work.owned.abort();
    return this.all().filter((work) => before.get(nameOf(work.at)) !== work);
  }

  get(at: TopicPartition): PartitionWork | undefined {
    return this.#work.get(nameOf(at));
  }

  all(): PartitionWork[] {
    return [...this.#work.values()];
  }

  /** Is a partition ours, and its state restored? By name of a topic read, or by number in any topic. */
  owns(partition: number, topic?: string): boolean {
    return this.all().some(
      ({ at, restored }) =>
        restored && at.partition === partition && (topic === undefined || at.topic === topic),
    );
  }

  /** Have all partitions been restored and their records released? */
  get released(): boolean {
    return !this.all().some((work) => work.held !== null);
  }

  /** Where to read on in partitions that were read before. */
  positions(): Position[] {
    return this.all().flatMap(({ at, tracker }) =>
      tracker.next === null ? [] : [{ ...at, offset: tracker.next }],
    );
  }

  /** What may be committed and was not yet. */
  due(): { readonly work: PartitionWork; readonly offset: bigint }[] {
    return this.all().flatMap((work) => (work.toCommit === null ? [] : [{ work, offset: work.toCommit }]));
  }
}
