/**
 * Lanes: tasks of one key run one after the other, in the order given; tasks of different keys run side by side, up to a limit.
 * A task that has to wait gives its place to another key and takes a new one when it goes on; its own key stays closed.
 */
import { Fifo } from './fifo.ts';

export type Task = (place: Place) => Promise<void>;

/** The right to run, as a task sees it. */
export interface Place {
  /** Gives the place away until `wait` resolves. */
  leaveUntil(wait: Promise<void>): Promise<void>;
}

export class Lanes {
  readonly #limit: number;
  readonly #onError: (error: unknown) => void;
  readonly #queues = new Map<string, Task[]>();
  readonly #ready = new Fifo<() => void>();
  #busy = 0;
  #idle: (() => void)[] = [];

  /** `onError` gets what a task throws; the lane goes on. */
  constructor(limit: number, onError: (error: unknown) => void) {
    this.#limit = limit;
    this.#onError = onError;
  }

  push(key: string, task: Task): void {
    const queue = this.#queues.get(key);
    if (queue !== undefined) {
      queue.push(task);
      return;
    }
    const fresh = [task];
    this.#queues.set(key, fresh);
    void this.#run(key, fresh);
  }

  /** Keys with a task that runs, waits or queues. */
  get size(): number {
    return this.#queues.size;
  }

  /** Resolves when nothing is left. */
  whenIdle(): Promise<void> {
    if (this.#queues.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  // Never rejects: what a task throws goes to onError.
  async #run(key: string, queue: Task[]): Promise<void> {
    for (let task = queue[0]; task !== undefined; task = queue[0]) {
      await this.#enter();
      await this.#attempt(task);
      this.#leave();
      queue.shift();
    }
    this.#queues.delete(key);
    if (this.#queues.size === 0) for (const wake of this.#idle.splice(0)) wake();
  }

  async #attempt(task: Task): Promise<void> {
    try {
      await task({ leaveUntil: (wait) => this.#leaveUntil(wait) });
    } catch (error) {
      this.#onError(error);
    }
  }

  async #leaveUntil(wait: Promise<void>): Promise<void> {
    this.#leave();
    try {
      await wait;
    } finally {
      await this.#enter();
    }
  }

  async #enter(): Promise<void> {
    if (this.#busy < this.#limit) {
      this.#busy++;
      return;
    }
    // Whoever leaves hands its place over, so the count stays.
    await new Promise<void>((resolve) => this.#ready.push(resolve));
  }

  #leave(): void {
    const next = this.#ready.shift();
    if (next === undefined) this.#busy--;
    else next();
  }
}
