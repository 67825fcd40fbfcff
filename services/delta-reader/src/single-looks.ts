/** What is done when a mapping comes that does not fit what the feed told: looks at single items, and what they tell. */
import { drop, itemKey } from '@sync/core';
import type { Outcome } from '@sync/core';
import { activeConfig, bindingOf } from './bindings.ts';
import { isOrphan } from './decide.ts';
import { lookAgain } from './look-again.ts';
import { roundParts } from './read-list.ts';
import type { ReaderParts } from './read-list.ts';
import { publish, tellSingly } from './round.ts';
import type { RoundParts } from './round.ts';

/** Looks at the items of this list of which the mapping knows more than the feed; see look-again.ts. */
export function lookAgainAt(key: string, parts: ReaderParts): Promise<Outcome> {
  return look(key, parts, async (round) => {
    await lookAgain(parts.owners.lives, round);
    return 'looked-again';
  });
}

/** Tells the delete of an item that was gone before anybody knew whose it is; its mapping has come now. */
export function tellLateDelete(key: string, itemId: string, parts: ReaderParts): Promise<Outcome> {
  return look(key, parts, async (round) => {
    // While this waited for its turn the item may have come back, and been read.
    if (!isOrphan(parts.items.get(itemKey({ ...round.list, itemId })))) return 'told-already';
    await publish([{ id: itemId, deleted: true }], round);
    return 'late-delete';
  });
}

/** Looks at an item that is alive although its record lives in another one by now. */
export function tellLeft(key: string, itemId: string, parts: ReaderParts): Promise<Outcome> {
  return look(key, parts, async (round) => {
    await tellSingly([itemId], round);
    return 'left-item';
  });
}

/** `run` says what was done. */
async function look(
  key: string,
  parts: ReaderParts,
  run: (round: RoundParts) => Promise<string>,
): Promise<Outcome> {
  const binding = bindingOf(key, parts.lists.entries());
  const config = binding && activeConfig(binding, parts.configs.get(binding.workspaceId));
  if (binding === undefined || config === undefined) return drop('list-unknown');
  return drop(await run(roundParts(binding, config, parts)));
}
