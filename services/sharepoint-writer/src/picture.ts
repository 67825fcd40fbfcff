/** What was read, as a complete picture: whoever had to read the item hands over all of it (B7). */
import { ALIVE, fromItem, sharepointGone, sharepointVersion, younger } from '@sync/core';
import type { Picture, Wish } from '@sync/core';
import type { Job, SeenItem } from './job.ts';
import { wishedLife } from './wishes.ts';

/** The picture of an item. */
export function pictureOf(job: Job, item: SeenItem): Picture {
  const generation = seenGeneration(job, item.id);
  return {
    exists: true,
    version: sharepointVersion({ itemId: item.id, generation, etag: item.etag }),
    itemId: item.id,
    etag: item.etag,
    modifiedAt: item.modifiedAt,
    modifiedBy: item.modifiedBy,
    values: Object.fromEntries(job.mapping.fields.map((field) => [field.name, fromItem(field, item.fields)])),
  };
}

/**
 * The picture of an item that is gone; its version is empty when none was ever known. An item that was to be deleted is
 * gone at the end of its life, so that nothing of before, still on its way, brings the record back. What is gone is the item
 * that was known last: a command may still name the one before it.
 */
export function pictureOfNothing(job: Job): Picture {
  const itemId = lastItem(job);
  const version = itemId === null ? '' : endOf(job, itemId);
  return { exists: false, version, itemId, etag: null, modifiedAt: null, modifiedBy: 'unknown', values: {} };
}

/** The item that was known last, null when none was ever. */
export function lastItem({ command, known }: Job): string | null {
  const isYounger = known !== undefined && known.itemId !== '' && known.version > command.basis;
  return isYounger ? known.itemId : command.itemId;
}

function endOf(job: Job, itemId: string): string {
  if (wishedLife(job) === 'false') return sharepointGone({ itemId, generation: generationOf(job, itemId) });
  return goneSince(lastVersion(job, itemId));
}

/**
 * True for an item that came back from the recycle bin after the record had gone on in another one: it will be told as a record of
 * its own, and then gives up the id (`docs/decisions/0020`). Ids of items grow.
 */
export function isLeft(job: Job, itemId: string): boolean {
  const last = lastItem(job);
  return last !== null && Number(itemId) < Number(last);
}

/** The youngest version of an item that this writer has heard of. */
function lastVersion({ command, known }: Job, itemId: string): string {
  const ofKnown = known?.itemId === itemId ? known.version : '';
  return younger(command.itemId === itemId ? command.basis : '', ofKnown);
}

/**
 * The version at which an item is gone that was last known at another. Whoever brings it back before the delta feed told
 * of the delete makes the next number of the same life, so it stands right behind the number that is known.
 */
export function goneSince(version: string): string {
  const isGone = version === '' || version.endsWith('-deleted') || version.endsWith('-ffffffffffff');
  return isGone ? version : `${version}-deleted`;
}

/** True when the side holds what is wished. */
export function stands(picture: Picture, wish: Wish): boolean {
  if (wish.field === ALIVE) return wish.value === String(picture.exists);
  return picture.exists && picture.values[wish.field] === wish.value;
}

/** How many times this item came back from the recycle bin, as far as memory and command tell. */
export function generationOf(job: Job, itemId: string): number {
  const { command, known } = job;
  const life = sharepointGone({ itemId, generation: command.generation }).slice(0, -'ffffffffffff'.length);
  const ofCommand = command.itemId === itemId || command.basis.startsWith(life) ? command.generation : 0;
  return Math.max(ofCommand, known?.itemId === itemId ? known.generation : 0);
}

/** An item that is seen although command or memory say that it is gone was restored since: its next life. */
function seenGeneration(job: Job, itemId: string): number {
  const generation = generationOf(job, itemId);
  const gone = sharepointGone({ itemId, generation });
  return job.command.basis === gone || job.known?.version === gone ? generation + 1 : generation;
}
