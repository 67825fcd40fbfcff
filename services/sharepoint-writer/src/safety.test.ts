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
  | { readonly do: 'die' | 'observe' | 'restart' | 'remove' }
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
      do: fc.constantFrom('die', 'observe', 'observe', 'observe', 'restart', 'remove'),
    }),
  },
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
  /** Commands that were answered, and so are remembered unless memory was lost. */
  readonly answered = new Set<SharePointWrite>();
  readonly risen: string[] = [];
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
    if (event.do === 'wish') await this.deliver(this.issue(wish(event.field, event.value, this.#next())));
    if (event.do === 'die' && this.seen.etag !== null)
      await this.deliver(this.issue({ ...dead, source: this.#next() }));
    const again = event.do === 'again' ? this.issued[event.place] : undefined;
    if (again !== undefined) await this.deliver(again);
  }

  issue(wished: Wish): SharePointWrite {
    const wishes = this.seen.etag === null ? [{ ...born, source: wished.source }, wished] : [wished];
    const issued = command({ ...this.seen, wishes });
    this.issued.push(issued);
    return issued;
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
      if (this.answered.has(given) && this.model.made() > made) this.risen.push(given.basis);
      if (done !== null) return this.#take(done);
    }
  }

  #take(done: Done): void {
    const { answer } = done;
    this.answered.add(done.job.command);
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

test('a command that was answered makes no item when it comes again (I5)', async () => {
  const property = fc.asyncProperty(events, interruptions, async (happening, interrupting) => {
    const world = new World(interrupting);
    for (const each of happening.filter((one) => one.do !== 'restart')) await world.happen(each);
    expect(world.risen).toEqual([]);
  });
  await fc.assert(property, { numRuns: 2_000 });
});
