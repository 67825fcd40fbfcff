/** Looks at items singly that the feed shows in a life which the writers saw end: they are gone, or in the next one. */
import { itemKey, sharepointGone } from '@sync/core';
import type { ItemIndex } from '@sync/core';
import { isBehind } from './owners.ts';
import type { Life } from './owners.ts';
import { publish } from './round.ts';
import type { PublishParts } from './round.ts';

/** Looks at every such item of the list; `lives` keeps those of which the feed has told nothing yet. */
export async function lookAgain(lives: Map<string, Life>, parts: PublishParts): Promise<void> {
  const prefix = itemKey({ ...parts.list, itemId: '' });
  for (const [key, life] of [...lives].filter(([one]) => one.startsWith(prefix))) {
    const index = parts.indexOf(key);
    if (index === undefined) continue;
    if (isBehind(index, life)) await lookAt(key.slice(prefix.length), { ...index, ...life }, parts);
    lives.delete(key);
  }
}

/** What is there although that life is over lives the next one; what is gone has ended the youngest that is known. */
async function lookAt(
  itemId: string,
  { recordId, generation, isEnd }: ItemIndex & Life,
  parts: PublishParts,
) {
  const item = await parts.feed.item(itemId);
  const over = item !== null && !isEnd ? generation - 1 : generation;
  const version = sharepointGone({ itemId, generation: over });
  const last = { recordId, generation: over, deleted: item !== null, version };
  const key = itemKey({ ...parts.list, itemId });
  const indexOf = (one: string): ItemIndex | undefined => (one === key ? last : parts.indexOf(one));
  const found =
    item === null ? ({ id: itemId, deleted: true } as const) : { id: itemId, deleted: false as const, item };
  return publish([found], { ...parts, indexOf });
}
