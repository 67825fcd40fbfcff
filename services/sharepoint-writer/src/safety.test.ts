/** Whatever happens between the requests, nothing unseen is overwritten, no second item appears, and no answer lies. */
import { ALIVE, fromItem } from '@sync/core';
import type { SharePointWrite, Wish } from '@sync/core';
import fc from 'fast-check';
import { carryOut } from './carry-out.ts';
import type { Done } from './carry-out.ts';
import { born, command, companyMapping, dead, jobOf, wish } from './testing/fixtures.ts';
import type { Known } from './job.ts';
import { NOTHING_SEEN, basisNow, createModel } from './testing/model.ts';
import type { Basis, Fault, Model } from './testing/model.ts';

type Event =
  /** The brain wishes a value, on what it has seen last. */
  | { readonly do: 'wish'; readonly field: 'name' | 'industry'; readonly value: string }
  /** `deliver` hands over the oldest command that waits. */
  | { readonly do: 'die' | 'observe' | 'restart' | 'remove' | 'deliver' }
  | { readonly do: 'edit'; readonly column: 'Title' | 'Industry'; readonly value: string }
  /** An earlier command is delivered again. */
  | { readonly do: 'again'; readonly place: number };

interface Interruption {
  readonly fault: Fault;
  /** What a user does right before the request arrives. */
  readonly user: 'nothing' | 'edit' | 'remove';
}

const value = fc.constantFrom('a', 'b', 'c');
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('wish'), field: fc.constantFrom('name', 'industry'), value }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit'), column: fc.constantFrom('Title', 'Industry'), value }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('die', 'observe', 'observe', 'observe', 'restart', 'remove', 'remove'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again'), place: fc.nat(20) }) },
);
const interruption: fc.Arbitrary<Interruption> = fc.record({
  fault: fc.constantFrom('none', 'none', 'none', 'lostBefore', 'lostAfter'),
  user: fc.constantFrom('nothing', 'nothing', 'nothing', 'edit', 'remove'),
});

/** A brain that is always ready to be wrong, and a writer between it and the model. */
class World {
  readonly model: Model = createModel();
  readonly issued: SharePointWrite[] = [];
  readonly lies: string[] = [];
  /** Lives that a command was answered for, by the source of their wish: remembered, unless memory was lost. */
  readonly lives = new Set<string>();
  /** Lives that were given a second time. */
  readonly risen: string[] = [];
  readonly #waiting: SharePointWrite[] = [];
  #life = { basis: '', source: '' };
  known: Known | undefined;
  seen: Basis = NOTHING_SEEN;
  #source = 0;
  readonly #interruptions: Interruption[];

  constructor(interruptions: readonly Interruption[]) {
    this.#interruptions = [...interruptions];
  }

  async happen(event: Event): Promise<void> {
    if (event.do === 'edit') return this.model.edit(event.column, event.value);
    if (event.do === 'remove') return this.model.remove();
    if (event.do === 'restart') this.known = undefined;
    if (event.do === 'observe') this.seen = basisNow(this.model, this.seen);
    if (event.do === 'wish') this.issue(wish(event.field, event.value, this.#next()));
    if (event.do === 'die' && this.seen.etag !== null) this.issue({ ...dead, source: this.#next() });
    const [next] = event.do === 'deliver' ? this.#waiting.splice(0, 1) : [];
    const again = event.do === 'again' ? this.issued[event.place] : next;
    if (again !== undefined) await this.deliver(again);
  }

  /** As long as the brain has seen nothing new, its commands for one life repeat the wish for it (B5). */
  issue(wished: Wish): void {
    const { basis, etag } = this.seen;
    if (this.#life.source === '' || this.#life.basis !== basis) this.#life = { basis, source: wished.source };
    const wishes = etag === null ? [{ ...born, source: this.#life.source }, wished] : [wished];
    const issued = command({ ...this.seen, wishes });
    this.issued.push(issued);
    this.#waiting.push(issued);
  }

  /** The runtime tries a command until it has an answer. */
  async deliver(given: SharePointWrite): Promise<void> {
    const made = this.model.made();
    for (let tries = 0; tries < 5; tries += 1) {
      const done = await carryOut(jobOf(given, this.known), (request) => {
        const { fault, user } = this.#interruptions.shift() ?? { fault: 'none', user: 'nothing' };
        if (user === 'edit') this.model.edit('Title', 'user');
        if (user === 'remove') this.model.remove();
        return this.model.perform(request, given.basis, fault);
      }).catch(() => null);
      const life = given.wishes.find((each) => each.field === ALIVE)?.source ?? '';
      if (this.lives.has(life) && this.model.made() > made) this.risen.push(life);
      if (done !== null) return this.#take(done);
    }
  }

  #take(done: Done): void {
    const { answer } = done;
    const life = answer.wishes.find((each) => each.field === ALIVE && each.value === 'true');
    if (life !== undefined && answer.kind === 'written') this.lives.add(life.source);
    if (answer.kind !== 'stale')
      this.lies.push(
        ...answer.wishes.filter((each) => !this.#held(each, answer.version)).map((each) => each.field),
      );
    const shown = answer.picture?.exists === true ? answer.picture : null;
    if (shown !== null && JSON.stringify(shown.values) !== JSON.stringify(this.#valuesAt(shown.version)))
      this.lies.push('picture');
    this.known = done.known;
  }

  #held(wished: Wish, version: string): boolean {
    const values = this.#valuesAt(version);
    if (wished.field === ALIVE) return wished.value === String(values !== null);
    return values?.[wished.field] === wished.value;
  }

  #valuesAt(version: string): Record<string, string | null> | null {
    const columns = this.model.history.get(version);
    if (columns === undefined) return null;
    return Object.fromEntries(companyMapping().fields.map((field) => [field.name, fromItem(field, columns)]));
  }

  #next(): string {
    this.#source += 1;
    return `t${String(this.#source).padStart(6, '0')}`;
  }
}

const events = fc.array(event, { maxLength: 25 });
const interruptions = fc.array(interruption, { maxLength: 40 });

test('no unseen edit is overwritten, no second item is made, no answer lies, even without memory (B7, B9)', async () => {
  const property = fc.asyncProperty(events, interruptions, async (happening, interrupting) => {
    const world = new World(interrupting);
    for (const each of happening) {
      await world.happen(each);
      expect(world.model.items.size).toBeLessThan(2);
    }
    expect({ violations: world.model.violations, lies: world.lies }).toEqual({ violations: [], lies: [] });
  });
  await fc.assert(property, { numRuns: 2_000 });
});

const named = (value: string): Event => ({ do: 'wish', field: 'name', value });
const then = (...all: ('observe' | 'remove' | 'deliver')[]): Event[] => all.map((one) => ({ do: one }));

/** Met under chaos: four commands for one life; a user edits its item after the first, and deletes it after the second. */
const SECOND_LIFE: Event[] = [
  ...[named('a'), ...then('deliver', 'observe', 'remove', 'observe')],
  ...[named('a'), named('b'), named('c'), named('a'), ...then('deliver')],
  ...[
    { do: 'edit', column: 'Title', value: 'c' } as const,
    ...then('deliver', 'remove', 'deliver', 'deliver'),
  ],
];

test('a life that was given is not given again, whatever was deleted since (I5)', async () => {
  const property = fc.asyncProperty(events, interruptions, async (happening, interrupting) => {
    const world = new World(interrupting);
    for (const each of happening.filter((one) => one.do !== 'restart')) await world.happen(each);
    expect(world.risen).toEqual([]);
  });
  await fc.assert(property, { numRuns: 2_000, examples: [[SECOND_LIFE, []]] });
});
