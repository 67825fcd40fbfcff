/**
 * What the writer remembers of a record: its own last answer, kept in a changelog that whoever takes over restores first.
 * With it a burst of writes needs no read in between, and an old command to come to life is known for what it is. Only
 * what was not acknowledged when a process died is missing: a write then costs at most one 412 and one read.
 *
 * `lineage` holds the versions from which the item came to `version` by own writes only. A command based on any of them
 * has seen everything a user did, so the newest eTag may be used for it (B9).
 */
import { ALIVE, younger } from '@sync/core';
import type { Picture, Wish } from '@sync/core';
import type { Answer, Job, Known } from './job.ts';

export type { Known } from './job.ts';

const LONGEST_LINEAGE = 16;

/** The memory, if it leads on from the command's basis by own writes only. */
export function ownState(job: Job): Known | null {
  const { known, command } = job;
  return known !== undefined && known.exists && known.lineage.includes(command.basis) ? known : null;
}

/** True when the command brings anything older than what this writer wrote itself (B12). */
export function isOutdated(job: Job): boolean {
  const sources = job.known?.sources ?? {};
  return job.wishes.some((wish) => wish.source < (sources[wish.field] ?? ''));
}

/** What is remembered after an answer. */
export function learn(job: Job, answer: Answer): Known | undefined {
  if (answer.kind === 'refused') return job.known;
  const spoken = answer.kind === 'stale' ? [] : answer.wishes;
  const sources = withSources(job.known?.sources ?? {}, spoken);
  const { listId } = job.command;
  const seen = answer.picture === null ? fromWrite(job, answer) : fromPicture(answer.picture);
  return { listId, ...seen, sources };
}

type Seen = Omit<Known, 'listId' | 'sources'>;

function fromWrite(job: Job, answer: Answer): Seen {
  const own = ownState(job);
  const wished = Object.fromEntries(answer.wishes.map((wish) => [wish.field, wish.value]));
  const values = { ...own?.values, ...wished };
  const { version, itemId, etag } = answer;
  const lineage = [...new Set([...(own?.lineage ?? [job.command.basis]), version])].slice(-LONGEST_LINEAGE);
  return { exists: values[ALIVE] !== 'false', ...place(itemId, etag, version), lineage, values };
}

/** What was read may hold a user's edits: only a command that has seen this very version leads on from it. */
function fromPicture(picture: Picture): Seen {
  const { exists, version, itemId, etag } = picture;
  const values = { ...picture.values, [ALIVE]: String(exists) };
  return { exists, ...place(itemId, etag, version), lineage: [version], values };
}

function place(
  itemId: string | null,
  etag: string | null,
  version: string,
): Pick<Known, 'itemId' | 'etag' | 'generation' | 'version'> {
  const generation = Number.parseInt(version.split('-')[1] ?? '0', 16);
  return { itemId: itemId ?? '', etag: etag ?? '', generation, version };
}

function withSources(sources: Known['sources'], wishes: readonly Wish[]): Known['sources'] {
  const added = wishes.map((wish) => [wish.field, younger(wish.source, sources[wish.field] ?? '')] as const);
  return { ...sources, ...Object.fromEntries(added) };
}
