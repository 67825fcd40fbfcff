/** The answers a command can get, and the record they become. */
import { sharepointVersion } from '@sync/core';
import type { Picture, SharePointWrite, WriteResult } from '@sync/core';
import type { Answer, Job, Known, SeenItem, Step } from './job.ts';
import { generationOf, goneSince, pictureOf, stands } from './picture.ts';

type AnswerStep = Extract<Step, { do: 'answer' }>;

function answer(given: Answer): AnswerStep {
  return { do: 'answer', answer: given };
}

/** The write was accepted and Graph named the new eTag. A new item is in its first life. */
export function written(job: Job, item: { itemId: string; etag: string; isNew: boolean }): AnswerStep {
  const { itemId, etag } = item;
  const generation = item.isNew ? 0 : generationOf(job, itemId);
  const version = sharepointVersion({ itemId, generation, etag });
  return answer({ kind: 'written', wishes: job.wishes, version, itemId, etag, picture: null });
}

/** The item was deleted by us as it was at a version, says If-Match; nothing but its existence is spoken for. */
export function deleted(job: Job, itemId: string, versionBefore: string): AnswerStep {
  const version = goneSince(versionBefore);
  return answer({ kind: 'written', wishes: job.wishes, version, itemId, etag: null, picture: null });
}

/** A command that this writer has carried out before gets the same answer again, without a request. */
export function writtenBefore(job: Job, own: Known): AnswerStep {
  const { version, itemId, etag } = own;
  return answer({ kind: 'written', wishes: job.wishes, version, itemId, etag, picture: null });
}

/** Our write was accepted without an eTag, so the item was read. */
export function writtenAndRead(job: Job, item: SeenItem): AnswerStep {
  const picture = pictureOf(job, item);
  const held = job.wishes.every((wish) => stands(picture, wish));
  return answer({
    ...pictured(picture),
    kind: held ? 'written' : 'stale',
    wishes: job.wishes,
    version: held ? picture.version : '',
  });
}

/** Nothing was written: what was read decides whether nothing was necessary. */
export function observed(job: Job, picture: Picture): AnswerStep {
  const held = job.wishes.every((wish) => stands(picture, wish));
  return answer({
    ...pictured(picture),
    kind: held ? 'alreadySo' : 'stale',
    wishes: job.wishes,
    version: held ? picture.version : '',
  });
}

/** Every wish of the command was refused. */
export function refusedAll(job: Job): AnswerStep {
  const { wishes, itemId } = job.command;
  return answer({ kind: 'refused', wishes, version: '', itemId, etag: null, picture: null });
}

function pictured(picture: Picture): Pick<Answer, 'itemId' | 'etag' | 'picture'> {
  return { itemId: picture.itemId, etag: picture.etag, picture };
}

/** The record for the results topic. */
export function resultOf(job: Job, given: Answer, answeredAt: number): WriteResult {
  const { refusals, attempts } = job;
  return { ...idsOf(job.command), side: 'sharepoint', ...given, refusals, attempts, answeredAt };
}

type Ids =
  'commandId' | 'workspaceId' | 'object' | 'recordId' | 'tenantId' | 'siteId' | 'listId' | 'changedAt';

function idsOf(command: SharePointWrite): Pick<SharePointWrite, Ids> {
  const { commandId, workspaceId, object, recordId, tenantId, siteId, listId, changedAt } = command;
  return { commandId, workspaceId, object, recordId, tenantId, siteId, listId, changedAt };
}
