import { noFaults } from './graph/fault.ts';
import type { Faults } from './graph/fault.ts';
import { newMeter } from './graph/throttle.ts';
import type { Meter } from './graph/throttle.ts';
import { defaultKnobs } from './knobs.ts';
import type { Knobs } from './knobs.ts';
import type { WriteContext } from './lists/items.ts';
import type { Deliver } from './notify/deliver.ts';
import { Notifier } from './notify/notifier.ts';
import type { Later } from './notify/notifier.ts';
import type { Actor, Fact } from './state/model.ts';
import type { Journal } from './state/journal.ts';
import { apply } from './state/state.ts';
import type { SimState } from './state/state.ts';

export interface SimulatorParts {
  readonly state: SimState;
  readonly journal: Journal;
  readonly now: () => number;
  readonly newId: () => string;
  readonly deliver: Deliver;
  readonly later: Later;
}

/**
 * One running simulator: the state and everything around it that lives in time.
 * Requests decide with pure functions what should happen; `commit` is the only way it does happen.
 */
export class Simulator {
  readonly state: SimState;
  readonly newId: () => string;
  readonly deliver: Deliver;
  readonly knobs: Knobs = defaultKnobs();
  readonly faults: Faults = noFaults();
  readonly meter: Meter = newMeter();
  readonly notifier: Notifier;
  readonly #journal: Journal;
  readonly #clock: () => number;
  #clockOffset = 0;

  constructor(parts: SimulatorParts) {
    this.state = parts.state;
    this.newId = parts.newId;
    this.deliver = parts.deliver;
    this.#journal = parts.journal;
    this.#clock = parts.now;
    this.notifier = new Notifier(this, parts.deliver, parts.later);
  }

  now(): number {
    return this.#clock() + this.#clockOffset;
  }

  advanceClock(ms: number): void {
    this.#clockOffset += ms;
  }

  /** Stores the facts, then lets them count: what was answered is never lost, what is lost was never answered. */
  commit(facts: readonly Fact[]): void {
    this.#journal.append(facts);
    for (const fact of facts) apply(this.state, fact);
    const changed = new Set(facts.map((fact) => (fact.t === 'item' ? fact.listId : null)));
    for (const listId of changed) if (listId !== null) this.notifier.changed(listId);
  }

  writeContext(actor: Actor): WriteContext {
    return {
      actor,
      now: this.now(),
      newId: this.newId,
      uniqueViolation: this.knobs.uniqueViolation,
      rules: {
        strictChoice: this.knobs.strictChoice,
        itemExists: (listId, itemId) => this.state.lists.get(listId)?.items.get(itemId)?.deleted === false,
      },
    };
  }

  close(): void {
    this.notifier.stop();
    this.#journal.close();
  }
}
