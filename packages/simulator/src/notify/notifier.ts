import { takeFault } from '../graph/fault.ts';
import type { Faults } from '../graph/fault.ts';
import type { Knobs } from '../knobs.ts';
import type { Fact, Subscription } from '../state/model.ts';
import type { SimState } from '../state/state.ts';
import type { Deliver } from './deliver.ts';
import { changeNotification } from './notification.ts';

/** Runs something after a while; the answer cancels it. */
export type Later = (ms: number, run: () => void) => () => void;

/** Waiting time before the first retry; it doubles with every further one. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** After this long without success a notification is lost. */
const GIVE_UP_AFTER_MS = 4 * 60 * 60_000;

interface Retry {
  readonly since: number;
  readonly waitMs: number;
}

/** What the notifier sees of the simulator. */
export interface Announced {
  readonly state: SimState;
  readonly knobs: Pick<Knobs, 'notifyDelayMs'>;
  readonly faults: Faults;
  now(): number;
  commit(facts: readonly Fact[]): void;
}

/** Tells subscribers that a list changed: many changes within the delay make one notification. */
export class Notifier {
  readonly #simulator: Announced;
  readonly #deliver: Deliver;
  readonly #later: Later;
  readonly #waiting = new Map<string, () => void>();
  #stopped = false;

  constructor(simulator: Announced, deliver: Deliver, later: Later) {
    this.#simulator = simulator;
    this.#deliver = deliver;
    this.#later = later;
  }

  /** Picks up announcements that a stop or crash left open. */
  resume(): void {
    for (const { listId } of this.#simulator.state.subscriptions.values()) this.changed(listId);
  }

  changed(listId: string): void {
    for (const subscription of this.#simulator.state.subscriptions.values()) {
      if (subscription.listId !== listId || !this.#isBehind(subscription)) continue;
      const { notifyDelayMs } = this.#simulator.knobs;
      this.#schedule(subscription.id, notifyDelayMs, {
        since: this.#simulator.now(),
        waitMs: FIRST_RETRY_MS,
      });
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #schedule(id: string, delayMs: number, retry: Retry): void {
    if (this.#stopped || this.#waiting.has(id)) return;
    const cancel = this.#later(delayMs, () => {
      this.#waiting.delete(id);
      void this.#announce(id, retry);
    });
    this.#waiting.set(id, cancel);
  }

  async #announce(id: string, retry: Retry): Promise<void> {
    const subscription = this.#simulator.state.subscriptions.get(id);
    if (subscription === undefined || this.#isExpired(subscription)) return;
    const seq = this.#simulator.state.lists.get(subscription.listId)?.seq ?? 0;
    const arrived = await this.#send(subscription);
    if (this.#stopped) return;
    const lost = this.#simulator.now() - retry.since > GIVE_UP_AFTER_MS;
    if (arrived || lost) this.#settle(id, seq);
    else this.#schedule(id, Math.min(retry.waitMs, LONGEST_RETRY_MS), { ...retry, waitMs: retry.waitMs * 2 });
  }

  async #send(subscription: Subscription): Promise<boolean> {
    const { faults } = this.#simulator;
    if (takeFault(faults, 'dropNotifications')) return true;
    const times = takeFault(faults, 'duplicateNotifications') ? 2 : 1;
    const body = JSON.stringify(changeNotification(subscription));
    try {
      for (let sent = 1; sent < times; sent += 1) {
        await this.#deliver(subscription.notificationUrl, 'application/json', body);
      }
      const { status } = await this.#deliver(subscription.notificationUrl, 'application/json', body);
      return status >= 200 && status < 300;
    } catch {
      return false;
    }
  }

  /** Remembers what was announced; what changed meanwhile has scheduled the next announcement itself. */
  #settle(id: string, seq: number): void {
    const subscription = this.#simulator.state.subscriptions.get(id);
    if (subscription === undefined) return;
    this.#simulator.commit([{ t: 'subscription', subscription: { ...subscription, notifiedSeq: seq } }]);
  }

  #isBehind(subscription: Subscription): boolean {
    const seq = this.#simulator.state.lists.get(subscription.listId)?.seq ?? 0;
    return subscription.notifiedSeq < seq && !this.#isExpired(subscription);
  }

  #isExpired(subscription: Subscription): boolean {
    return subscription.expiresAt <= this.#simulator.now();
  }
}

/** Timers that do not keep the process alive. */
export const laterByTimer: Later = (ms, run) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
