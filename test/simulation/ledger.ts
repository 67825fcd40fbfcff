/**
 * The witness: it sees every write of either side, knows which user made which value, and says what the pipeline may never do.
 * Every value of a user carries a tag; a tag that a user replaces is settled, one that the pipeline replaces must be explained.
 */
import { ALIVE } from '@sync/core';
import type { Conflict, Side, WriteResult } from '@sync/core';
import type { SimObject } from './places.ts';
import type { RowMove } from './postgres.ts';
import type { Columns } from './sharepoint.ts';
import { EMPTY, UNIQUE, descends, isPutBack, isUnseen } from './tag.ts';
import type { Slot, Tag } from './tag.ts';
import { itemValues, rowValues } from './values.ts';
import type { Values } from './values.ts';

export class Ledger {
  readonly violations: string[] = [];
  readonly #slots = new Map<string, Slot>();
  /** True once a process has lost its memory, or an answer: what it does again may come after a delete. */
  disturbed = false;
  /** Records with changes that a failover lost, or whose row was inserted a second time: what follows from that is nobody's fault. */
  readonly tainted = new Set<string>();
  #lastTag = 0;
  /** Kinds of the answers to the writes of a value. */
  readonly #answers = new Map<string, Set<WriteResult['kind']>>();
  /** Conflicts that are false if the older value was written, and the sync was told. */
  readonly #doubts: { readonly write: string; readonly values: string }[] = [];

  /** A row before and after a write. */
  row(move: RowMove): void {
    const { object, recordId, by } = move;
    const id = `${object}|${recordId}`;
    if (by === 'failover') this.tainted.add(id);
    this.#moved(
      'twenty',
      id,
      by === 'sync' ? 'pipeline' : 'user',
      rowValues(object, move.before),
      rowValues(object, move.after),
    );
  }

  /** The item of a record before and after a write. */
  item(
    object: SimObject,
    recordId: string,
    by: 'user' | 'application',
    before: Columns | null,
    after: Columns | null,
  ): void {
    const who = by === 'application' ? 'pipeline' : 'user';
    this.#moved(
      'sharepoint',
      `${object}|${recordId}`,
      who,
      itemValues(object, before),
      itemValues(object, after),
    );
  }

  conflict(conflict: Conflict): void {
    const { object, recordId, field, winner, kind } = conflict;
    const id = `${object}|${recordId}`;
    const twenty = this.#find(id, 'twenty', field, conflict.twentyValue);
    const sharepoint = this.#find(id, 'sharepoint', field, conflict.sharepointValue);
    if (winner !== 'twenty') for (const tag of twenty) tag.recorded = true;
    if (winner !== 'sharepoint') for (const tag of sharepoint) tag.recorded = true;
    const [a, b] = [twenty.at(-1), sharepoint.at(-1)];
    if (kind !== 'bothEdited' || !UNIQUE.has(field) || this.tainted.has(id) || conflict.twentyValue === null)
      return;
    if (conflict.sharepointValue === null || a === undefined || b === undefined) return;
    const values = `${id} ${field}: ${conflict.twentyValue} and ${conflict.sharepointValue}`;
    if (a === b || a.side === b.side) this.violations.push(`no-false-conflict: ${values}`);
    const [older, at] = descends(b, a) ? [a, 'sharepoint'] : descends(a, b) ? [b, 'twenty'] : [null, ''];
    if (older !== null) this.#doubts.push({ write: `${id}|${at}|${field}|${older.value}`, values });
  }

  /** What became of a write. */
  answer({ object, recordId, side, kind, wishes }: WriteResult): void {
    for (const { field, value } of wishes) {
      const write = `${object}|${recordId}|${side}|${field}|${value}`;
      this.#answers.set(write, (this.#answers.get(write) ?? new Set()).add(kind));
    }
  }

  /**
   * Conflicts between a value and the one that its user had before his eyes. Where no answer says that the older one was
   * written there, the sync cannot know that he had: a writer that died after the write finds only what he made of it.
   */
  falseConflicts(): string[] {
    return this.#doubts
      .filter(({ write }) => {
        const kinds = [...(this.#answers.get(write) ?? [])];
        return kinds.length > 0 && kinds.every((kind) => kind === 'written' || kind === 'alreadySo');
      })
      .map(({ values }) => `no-false-conflict: ${values}, whose user had seen the other`);
  }

  /** Tags that neither stand, nor were replaced by a user, nor are recorded. */
  lost(): string[] {
    const lost: string[] = [];
    for (const [name, { history }] of this.#slots) {
      const [object = '', recordId = '', side = '', field = ''] = name.split('|');
      if (this.tainted.has(`${object}|${recordId}`)) continue;
      for (const tag of new Set(history))
        if (
          tag.side === side &&
          !tag.replaced &&
          !tag.recorded &&
          !isUnseen(field, tag) &&
          !this.#isAsOther(object, recordId, field, tag) &&
          !this.#stands(object, recordId, field, tag)
        )
          lost.push(`nothing-lost: ${object}|${recordId} ${field}: ${tag.value} of ${side} (${tag.id})`);
    }
    return lost;
  }

  /** Users of both sides had set the same value, and one of them has replaced it: nobody can tell whose it was (B6). */
  #isAsOther(object: string, recordId: string, field: string, tag: Tag): boolean {
    const side = tag.side === 'twenty' ? 'sharepoint' : 'twenty';
    const { history } = this.#slot(`${object}|${recordId}`, side, field);
    return (
      !UNIQUE.has(field) &&
      history.some((one) => one.side === side && one.value === tag.value && (one.replaced || one.recorded))
    );
  }

  #stands(object: string, recordId: string, field: string, tag: Tag): boolean {
    return (['twenty', 'sharepoint'] as const).every((side) => {
      const standing = this.#slots.get(`${object}|${recordId}|${side}|${field}`)?.tag;
      // A record that a side never saw is not alive there, and holds nothing.
      const value = standing?.value ?? (field === ALIVE ? 'false' : null);
      return standing === tag || value === tag.value;
    });
  }

  #moved(
    side: Side,
    id: string,
    who: 'user' | 'pipeline',
    before: Values | null,
    after: Values | null,
  ): void {
    const [was, is] = [before?.[ALIVE] ?? 'false', after?.[ALIVE] ?? 'false'];
    const born = was === 'false' && is === 'true';
    if (was !== is) this.#set(side, id, who, ALIVE, is, false);
    if (after !== null && is === 'true')
      for (const [field, value] of Object.entries(after)) {
        const slot = this.#slot(id, side, field);
        if (field !== ALIVE && (slot.tag?.value ?? null) !== value)
          this.#set(side, id, who, field, value, born);
      }
    // Whoever edits a record has it before his eyes, alive: a delete of before is settled.
    if (was === 'true' && is === 'true' && who === 'user')
      for (const tag of this.#slot(id, side, ALIVE).history) if (tag.value === 'false') tag.replaced = true;
    // Whoever deletes a record has its values before his eyes.
    if (was === 'true' && is === 'false' && who === 'user')
      for (const field of Object.keys(before ?? {})) {
        const { tag } = this.#slot(id, side, field);
        if (field !== ALIVE && tag !== null) tag.replaced = true;
      }
  }

  #set(
    side: Side,
    id: string,
    who: 'user' | 'pipeline',
    field: string,
    value: string | null,
    born: boolean,
  ): void {
    const slot = this.#slot(id, side, field);
    const tag = who === 'user' ? this.#newTag(side, id, field, value) : this.#carried(side, id, field, value);
    if (tag === null) {
      if (!this.tainted.has(id))
        this.violations.push(`nothing-invented: ${id} ${field}: ${value} on ${side}`);
      return;
    }
    // A side that comes to life takes everything from the other; what is recorded already can be had back.
    // An item that is missing has no version: what the feed read before its end looks younger until the feed tells the end.
    const isAgain = who === 'pipeline' && isPutBack(slot, tag, field === ALIVE ? 'false' : null);
    if (isAgain && slot.tag !== null) slot.tag.recorded = true;
    // A row that was destroyed and inserted again holds what it was born with; all that follows from that.
    if (isAgain && field === ALIVE && side === 'twenty') this.tainted.add(id);
    const excused =
      (field === ALIVE && (side === 'twenty' || this.disturbed)) ||
      born ||
      this.tainted.has(id) ||
      this.#isAmbiguous(id, side, field, slot.tag) ||
      slot.tag?.recorded === true;
    if (who === 'pipeline' && slot.tag !== null && slot.tag !== tag && descends(slot.tag, tag) && !excused)
      this.violations.push(
        `no-rollback: ${id} ${field} on ${side}: ${tag.value} (${tag.id}) over ${slot.tag.value} (${slot.tag.id}), whose user had replaced it`,
      );
    if (who === 'pipeline') tag.carried = true;
    slot.tag = tag;
    slot.history.push(tag);
  }

  #newTag(side: Side, id: string, field: string, value: string | null): Tag {
    const over = this.#slot(id, side, field).tag;
    const same = this.#slot(id, side === 'twenty' ? 'sharepoint' : 'twenty', field).tag;
    if (over !== null) over.replaced = true;
    // Two users had set the same value: whoever replaces it replaces both.
    if (same !== null && same.value === (over?.value ?? null)) same.replaced = true;
    return { id: ++this.#lastTag, side, value, over, replaced: false, recorded: false, carried: false };
  }

  /** A value that users of the other side set too, or more than once: what stands may be any of them (B6). */
  #isAmbiguous(id: string, side: Side, field: string, standing: Tag | null): boolean {
    const from = side === 'twenty' ? 'sharepoint' : 'twenty';
    const { history } = this.#slot(id, from, field);
    const same = history.filter((tag) => tag.side === from && tag.value === standing?.value);
    return same.some((tag) => tag !== standing);
  }

  /** The tag that the pipeline carries over: what the other side holds or last held with this value. */
  #carried(side: Side, id: string, field: string, value: string | null): Tag | null {
    const from = this.#slot(id, side === 'twenty' ? 'sharepoint' : 'twenty', field);
    if (from.tag?.value === value) return from.tag;
    const own = this.#slot(id, side, field).history;
    return (
      from.history.findLast((tag) => tag.value === value) ??
      own.findLast((tag) => tag.value === value) ??
      EMPTY[String(value)] ??
      null
    );
  }

  #find(id: string, side: Side, field: string, value: string | null): Tag[] {
    return this.#slot(id, side, field).history.filter((tag) => tag.value === value);
  }

  #slot(id: string, side: Side, field: string): Slot {
    const name = `${id}|${side}|${field}`;
    const slot = this.#slots.get(name) ?? { tag: null, history: [] };
    this.#slots.set(name, slot);
    return slot;
  }
}
