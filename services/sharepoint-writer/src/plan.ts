/** Decides what a command takes: create, update, delete, a look at the item, or nothing but an answer. Pure. */
import { ALIVE } from '@sync/core';
import type { ObjectMapping, SharePointWrite } from '@sync/core';
import { refusedAll, writtenBefore } from './answer.ts';
import { isOutdated, ownState } from './known.ts';
import { lastItem } from './picture.ts';
import type { Job, Known, Step } from './job.ts';
import { createColumns, screen, updateColumns, wishedLife } from './wishes.ts';

/** The item state a write is conditional on. */
export interface Target {
  readonly itemId: string;
  readonly etag: string;
  readonly version: string;
}

/** A command at its beginning; wishes that cannot stand in their column are refused here. `nowIso` has whole seconds. */
export function begin(given: {
  command: SharePointWrite;
  mapping: ObjectMapping;
  known: Known | undefined;
  nowIso: string;
}): Job {
  const { command, mapping, nowIso } = given;
  // Item ids begin anew in another list, so versions of the two cannot be compared.
  const known = given.known?.listId === command.listId ? given.known : undefined;
  const dying = command.wishes.filter((wish) => wish.field === ALIVE && wish.value === 'false');
  // A dead side takes no fields, so a delete speaks for existence alone.
  const screened = screen(mapping, dying.length > 0 ? dying : command.wishes);
  return { command, mapping, known, ...screened, stamp: nowIso, attempts: 0, repeats: 0, doubt: null };
}

/** The first step, or the next after a field was taken out of the command. */
export function plan(job: Job): Step {
  if (job.wishes.length === 0) return refusedAll(job);
  if (isOutdated(job)) return look(job);
  const own = ownState(job);
  if (own === null && wishedLife(job) === 'true') return createOrLook(job);
  if (own !== null && isHeld(job, own)) return isAnswered(job, own) ? writtenBefore(job, own) : look(job);
  const target = own ?? basisOf(job.command);
  return target === null ? look(job) : conditionalWrite(job, target);
}

/**
 * Nothing is made to live where something may stand, or where a person has deleted it since the wish was decided: there the
 * side is looked at, and what stands there answers. Only a delete of this writer itself, seen or not, may be followed blindly:
 * a second item would be refused if it carries the record's id. An item that is known to be gone may not carry it.
 */
function createOrLook(job: Job): Step {
  const { command, known } = job;
  const isOwnDelete = known?.exists === false && known.lineage.includes(command.basis);
  const mayStand = isBehind(job) || basisOf(command) !== null;
  return isReborn(job) || (mayStand && !isOwnDelete) ? look(job) : create(job);
}

/**
 * True when the record is to come to life again after its item was gone, and nothing younger is known of it: that the item is
 * missing still does not speak against it.
 */
export function isReborn({ command, wishes, known }: Job): boolean {
  const isWished = wishes.some((wish) => wish.field === ALIVE && wish.value === 'true');
  const isNews = known === undefined || known.version <= command.basis;
  return isWished && command.itemId !== null && command.etag === null && isNews;
}

export function create(job: Job): Step {
  return { do: 'create', columns: createColumns(job) };
}

/** The update or delete of an item that must still be what it was (B9: never without If-Match, never with `*`). */
export function conditionalWrite(job: Job, target: Target): Step {
  const { itemId, etag, version } = target;
  if (wishedLife(job) === 'false') return { do: 'delete', itemId, etag, version };
  return { do: 'update', itemId, etag, version, columns: updateColumns(job) };
}

/** The version a write of this job is conditional on. */
export function expectedVersion(job: Job): string {
  return ownState(job)?.version ?? job.command.basis;
}

function look(job: Job): Step {
  const itemId = job.known?.exists === true ? lastItem(job) : job.command.itemId;
  return itemId === null ? { do: 'find' } : { do: 'read', itemId };
}

/** Decided before what this writer has last seen of the side: an item, or that one is gone. */
function isBehind({ known, command }: Job): boolean {
  return known !== undefined && known.version > command.basis;
}

function isHeld(job: Job, own: Known): boolean {
  return job.wishes.every((wish) => own.values[wish.field] === wish.value);
}

/**
 * Answered for before, every wish of it. That the item was seen to hold the values is not enough: a command between, of which nobody
 * was told how it ended, may have been carried out.
 */
function isAnswered(job: Job, { sources }: Known): boolean {
  return job.wishes.every(({ field, source }) => {
    const last = sources[field];
    return last !== undefined && source <= last;
  });
}

function basisOf({ itemId, etag, basis }: SharePointWrite): Target | null {
  return itemId === null || etag === null ? null : { itemId, etag, version: basis };
}
