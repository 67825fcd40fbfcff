/**
 * Decides what follows from what a request met: the next request, or the answer. Pure.
 *
 * A write that did not go through is never judged by its status alone: the item is read, and what stands there answers.
 * A missing item is believed only after a search by record id has worked, because a missing list answers 404 as well.
 */
import { IDENTITY_COLUMN, SyncError } from '@sync/core';
import { deleted, observed, refusedAll, written, writtenAndRead } from './answer.ts';
import { isOutdated } from './known.ts';
import type { Job, Request, Seen, SeenItem, Step, Turn } from './job.ts';
import { isLeft, pictureOf, pictureOfNothing, stands } from './picture.ts';
import { conditionalWrite, create, expectedVersion, isReborn, plan } from './plan.ts';
import { refuse, wishedLife, withoutColumn } from './wishes.ts';

/** How often one command may be sent again although the item has not moved. */
const MOST_REPEATS = 2;

/** The turn after a request. */
export function settle(before: Job, request: Request, seen: Seen): Turn {
  const job = { ...before, attempts: before.attempts + 1 };
  switch (request.do) {
    case 'create':
      return afterCreate(job, request, seen);
    case 'update':
    case 'delete':
      return afterConditional(job, request, seen);
    case 'read':
      return seen.saw === 'item' ? afterItem(job, seen.item) : { job, step: { do: 'find' } };
    case 'find':
      return seen.saw === 'item' ? afterFound(job, seen.item) : afterNothing(job);
  }
}

/** An item that the record has left is none of it, but as long as it holds the record's id, no other one can be made. */
function afterFound(job: Job, item: SeenItem): Turn {
  if (!isLeft(job, item.id)) return afterItem(job, item);
  if (wishedLife(job) !== 'true' || isOutdated(job))
    return { job, step: observed(job, pictureOfNothing(job)) };
  return { job, step: wait('creating an item: an older one came back and holds the id of the record still') };
}

/** Whatever else Graph said, the item may exist: the unique column makes the search the judge (graph.md 7.6). */
function afterCreate(job: Job, request: Request, seen: Seen): Turn {
  if (seen.saw !== 'done' || seen.etag === null)
    return { job: { ...job, doubt: { request, seen } }, step: { do: 'find' } };
  return { job, step: written(job, { itemId: seen.itemId, etag: seen.etag, isNew: true }) };
}

type Conditional = Extract<Request, { itemId: string; version: string }>;

function afterConditional(job: Job, request: Conditional, seen: Seen): Turn {
  const doubting = { ...job, doubt: { request, seen } };
  if (seen.saw === 'done') return { job: doubting, step: afterDone(job, request, seen.etag) };
  if (isRefused(seen)) return afterRefusal(job, request, seen);
  const step: Step = seen.saw === 'missing' ? { do: 'find' } : { do: 'read', itemId: request.itemId };
  return { job: doubting, step };
}

function afterDone(job: Job, request: Conditional, etag: string | null): Step {
  if (request.do === 'delete') return deleted(job, request.itemId, request.version);
  if (etag === null) return { do: 'read', itemId: request.itemId };
  return written(job, { itemId: request.itemId, etag, isNew: false });
}

function afterItem(job: Job, item: SeenItem): Turn {
  if (job.doubt?.seen.saw === 'done' && job.doubt.request.do === 'update')
    return { job, step: writtenAndRead(job, item) };
  const picture = pictureOf(job, item);
  const isDone = job.wishes.every((wish) => stands(picture, wish));
  if (isDone || isOutdated(job) || picture.version !== expectedVersion(job))
    return { job, step: observed(job, picture) };
  // The item is what the command was decided on: the write met a save conflict, or the same eTag in another spelling.
  if (job.repeats >= MOST_REPEATS)
    return { job, step: wait('writing an item: Graph refuses although the item has not moved') };
  const target = { itemId: item.id, etag: item.etag, version: picture.version };
  return { job: again(job), step: conditionalWrite(job, target) };
}

function afterNothing(job: Job): Turn {
  if (job.doubt?.request.do !== 'create')
    return {
      job,
      step: isReborn(job) && !isOutdated(job) ? create(job) : observed(job, pictureOfNothing(job)),
    };
  const { request, seen } = job.doubt;
  if (seen.saw === 'doubtful') return { job, step: { do: 'wait', error: seen.error } };
  // A duplicate that cannot be found is about to show itself: reads may lag behind writes for a moment.
  if (isRefused(seen) && seen.saw !== 'duplicate') return afterRefusal(job, request, seen);
  return { job, step: wait('creating an item: Graph did not create it, and it cannot be found either') };
}

type Refused = Extract<Seen, { saw: 'unknownColumn' | 'refused' | 'duplicate' }>;

function isRefused(seen: Seen): seen is Refused {
  return seen.saw === 'unknownColumn' || seen.saw === 'refused' || seen.saw === 'duplicate';
}

function afterRefusal(job: Job, request: Request, seen: Refused): Turn {
  if (seen.saw === 'unknownColumn') {
    const rest = withoutColumn(job, seen.column);
    if (rest !== null) return { job: rest, step: plan(rest) };
    if (seen.column === IDENTITY_COLUMN) return { job, step: noIdentity() };
  }
  // Identical requests were seen to fail once with 400 and to work then.
  const unexplained = seen.saw === 'unknownColumn' || (seen.saw === 'refused' && seen.status === 400);
  if (unexplained && job.repeats === 0) return { job: again(job), step: request };
  const refused = refuse(job, job.wishes, { code: 'invalid-request', reason: wordsOf(seen) });
  return { job: refused, step: refusedAll(refused) };
}

function wordsOf(seen: Refused): string {
  if (seen.saw === 'duplicate') return 'Graph: another item holds the value of a column that must be unique';
  if (seen.saw === 'unknownColumn') return `Graph does not recognise the column ${seen.column}`;
  return `Graph ${seen.status} ${seen.code}: ${seen.message}`;
}

function again(job: Job): Job {
  return { ...job, repeats: job.repeats + 1, doubt: null };
}

function noIdentity(): Step {
  const message = `creating an item: the list has no column ${IDENTITY_COLUMN}, without which a second item could not be prevented`;
  return { do: 'wait', error: new SyncError('LIST_NOT_READY', message) };
}

function wait(message: string): Step {
  return { do: 'wait', error: new SyncError('GRAPH_UNAVAILABLE', message) };
}
