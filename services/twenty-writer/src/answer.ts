/** The answers a command can get, and the record they become. */
import type { Picture, WriteResult } from '@sync/core';
import type { Answer, Job, Step } from './job.ts';
import { stands, versionAt } from './picture.ts';

type AnswerStep = Extract<Step, { do: 'answer' }>;

function answer(given: Answer): AnswerStep {
  return { do: 'answer', answer: given };
}

/** The row was written; the answer speaks for the wished fields only (B3). */
export function written(job: Job, lsn: bigint): AnswerStep {
  return answer({ kind: 'written', wishes: job.wishes, version: versionAt(job, lsn), picture: null });
}

/** Nothing was written: what was read decides whether nothing was necessary (B7). */
export function observed(job: Job, picture: Picture): AnswerStep {
  const held = job.wishes.every((wish) => stands(picture, wish));
  const version = held ? picture.version : '';
  return answer({ kind: held ? 'alreadySo' : 'stale', wishes: job.wishes, version, picture });
}

/** Every wish of the command was refused. */
export function refusedAll(job: Job): AnswerStep {
  return answer({ kind: 'refused', wishes: job.command.wishes, version: '', picture: null });
}

/** The sources to remember after an answer: those of what now stands because of us. */
export function learn(job: Job, { kind, wishes }: Answer): Job['sources'] {
  if (kind === 'stale' || kind === 'refused') return job.sources;
  const added = wishes.filter((wish) => wish.source > (job.sources[wish.field] ?? ''));
  return { ...job.sources, ...Object.fromEntries(added.map((wish) => [wish.field, wish.source])) };
}

/** The record for the results topic. */
export function resultOf(job: Job, given: Answer, answeredAt: number): WriteResult {
  const { commandId, workspaceId, object, recordId, changedAt } = job.command;
  const ids = { commandId, workspaceId, object, recordId, changedAt };
  const { tenantId, siteId, listId, itemId } = job.command;
  const place = { tenantId, siteId, listId, itemId, etag: null };
  return {
    ...ids,
    ...place,
    side: 'twenty',
    ...given,
    refusals: job.refusals,
    attempts: job.attempts,
    answeredAt,
  };
}
