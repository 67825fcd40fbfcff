/**
 * Which offset of a partition may be committed. Records are done in any order; only what has nothing undone before it counts.
 * Offsets may have gaps (compaction, transaction markers), so order of arrival decides, not arithmetic.
 */
interface Entry {
  readonly offset: bigint;
  done: boolean;
}

export class OffsetTracker {
  #entries: Entry[] = [];
  #head = 0;
  #byOffset = new Map<bigint, Entry>();
  #unfinished = 0;
  /** Position after everything that was taken over; null before the first record. */
  #next: bigint | null = null;

  /** Takes over a record; false when it was taken over before. */
  add(offset: bigint): boolean {
    if (this.#next !== null && offset < this.#next) return false;
    const entry = { offset, done: false };
    this.#entries.push(entry);
    this.#byOffset.set(offset, entry);
    this.#unfinished++;
    this.#next = offset + 1n;
    return true;
  }

  /** Moves the end on over offsets that hold no record. */
  skipTo(next: bigint): void {
    if (this.#next === null || next > this.#next) this.#next = next;
  }

  done(offset: bigint): void {
    const entry = this.#byOffset.get(offset);
    if (entry === undefined || entry.done) return;
    entry.done = true;
    this.#unfinished--;
    this.#forgetDone();
  }

  /** Position to commit: the first record that is not done; null when nothing was taken over yet. */
  get committable(): bigint | null {
    return this.#entries[this.#head]?.offset ?? this.#next;
  }

  /** Position after the last record taken over. */
  get next(): bigint | null {
    return this.#next;
  }

  /** Records taken over and not done. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** Records from the first one that is not done: what a crash would repeat. */
  get spread(): number {
    return this.#entries.length - this.#head;
  }

  #forgetDone(): void {
    for (let entry = this.#entries[this.#head]; entry?.done; entry = this.#entries[this.#head]) {
      this.#byOffset.delete(entry.offset);
      this.#head++;
    }
    if (this.#head < 1024 || this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}
