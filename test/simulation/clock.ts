/**
 * Virtual time and the one scheduler of a simulation. Every event has an owner: a process that can be frozen (its events wait) or
 * dead (they never happen). Whatever an event's promises lead to runs before the next event, so it has the same owner.
 */
export interface Owner {
  readonly name: string;
  dead: boolean;
  /** Nothing of it happens before this time. */
  frozenUntil: number;
  /** The next request to Kafka is lost on its way. */
  isRefused?: boolean;
  /** Called instead of the answer when what it asks of the outside or of Kafka was carried out: it ends there. */
  onCarriedOut?: (() => void) | null;
}

export const WORLD: Owner = { name: 'world', dead: false, frozenUntil: 0 };

interface Event {
  at: number;
  seq: number;
  readonly owner: Owner;
  readonly run: () => void;
  cancelled: boolean;
}

/** Where virtual time begins: 2026-03-02T12:00:00Z. */
export const EPOCH_MS = 1_772_452_800_000;

const realImmediate = setImmediate;

export class Clock {
  #heap: Event[] = [];
  #seq = 0;
  now = EPOCH_MS;
  /** Whose event is running. */
  owner: Owner = WORLD;
  /** Events that have happened. */
  count = 0;

  /** Runs something later; returns how to cancel it. */
  after(ms: number, run: () => void, owner: Owner = this.owner): () => void {
    const event = { at: this.now + Math.max(0, ms), seq: this.#seq++, owner, run, cancelled: false };
    this.#push(event);
    return () => {
      event.cancelled = true;
    };
  }

  /** Resolves after a while, in the life of the present owner. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets everything happen that is due before a time, or until `enough` says so. */
  async runUntil(end: number, enough: () => boolean = () => false): Promise<void> {
    for (let event = this.#heap[0]; event !== undefined && event.at <= end; event = this.#heap[0]) {
      this.#pop();
      if (event.cancelled || event.owner.dead) continue;
      if (event.owner.frozenUntil > event.at) {
        event.at = event.owner.frozenUntil;
        this.#push(event);
        continue;
      }
      this.now = event.at;
      this.owner = event.owner;
      this.count++;
      event.run();
      await drained();
      this.owner = WORLD;
      if (enough()) return;
    }
    this.now = Math.max(this.now, end);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(event, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const right = heap[child + 1];
      let best = heap[child];
      if (best === undefined) break;
      if (right !== undefined && isBefore(right, best)) {
        child++;
        best = right;
      }
      if (!isBefore(best, last)) break;
      heap[at] = best;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}

/** All promise callbacks that follow from what was done have run. */
function drained(): Promise<void> {
  return new Promise((resolve) => realImmediate(resolve));
}

/** Puts the virtual clock in the place of the real one while `work` runs; real time and real chance throw. */
export async function inVirtualTime<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const real = { setTimeout, clearTimeout, setImmediate, now: Date.now, random: Math.random };
  const no = (what: string) => (): never => {
    throw new Error(`${what} was used inside the simulation`);
  };
  const start = (run: () => void, ms = 0): object => {
    const cancel = clock.after(ms, run);
    const timer = { cancel, unref: () => timer, ref: () => timer };
    return timer;
  };
  const stop = (timer?: { cancel?: () => void }): void => timer?.cancel?.();
  Object.assign(globalThis, { setTimeout: start, clearTimeout: stop, setImmediate: start });
  Object.assign(Date, { now: no('Date.now') });
  Object.assign(Math, { random: no('Math.random') });
  try {
    return await work();
  } finally {
    const { setTimeout, clearTimeout, setImmediate } = real;
    Object.assign(globalThis, { setTimeout, clearTimeout, setImmediate });
    Object.assign(Date, { now: real.now });
    Object.assign(Math, { random: real.random });
  }
}
