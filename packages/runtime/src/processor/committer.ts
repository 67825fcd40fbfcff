/** Commits what is done, one commit after the other. */
import type { Logger } from '../observe/log.ts';
import type { RecordSource } from '../ports.ts';
import type { Assignment } from './assignment.ts';

export class Committer {
  readonly #source: RecordSource | null;
  readonly #assignment: Assignment;
  readonly #log: Logger;
  #committing: Promise<void> = Promise.resolve();

  constructor(source: RecordSource | null, assignment: Assignment, log: Logger) {
    this.#source = source;
    this.#assignment = assignment;
    this.#log = log;
  }

  /** Never rejects: errors are left to the next time, since a rebalance makes them normal. */
  commit(): Promise<void> {
    this.#committing = this.#committing.then(() => this.#commitNow());
    return this.#committing;
  }

  async #commitNow(): Promise<void> {
    const due = this.#assignment.due();
    if (due.length === 0) return;
    try {
      await this.#source?.commit(due.map(({ work, offset }) => ({ ...work.at, offset })));
      for (const { work, offset } of due) work.committed(offset);
    } catch (error) {
      this.#log.info({ err: error }, 'offsets not committed; tried again later');
    }
  }
}
