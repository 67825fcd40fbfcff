/** What the processor knows of one partition that it owns. */
import { setMaxListeners } from 'node:events';
import type { RawRecord, TopicPartition } from '../ports.ts';
import { OffsetTracker } from './offset-tracker.ts';

export class PartitionWork {
  readonly at: TopicPartition;
  readonly tracker = new OffsetTracker();
  /** Fires when the partition is lost or the service stops: its work is no longer ours. */
  readonly owned = new AbortController();
  paused = false;
  /** Records that came before the partition's state was restored; null when it is. */
  held: RawRecord[] | null = [];
  /** True when the partition's state is there; a moment before the held records are released. */
  restored = false;
  #committed: bigint | null = null;

  constructor(at: TopicPartition) {
    this.at = at;
    // One listener per key that waits.
    setMaxListeners(0, this.owned.signal);
  }

  /** Position to commit; null when nothing has moved since the last commit. */
  get toCommit(): bigint | null {
    const committable = this.tracker.committable;
    return committable === this.#committed ? null : committable;
  }

  committed(offset: bigint): void {
    this.#committed = offset;
  }
}
