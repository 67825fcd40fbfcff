/**
 * What the mapping tells of items: the record that an item was made for, and how far its lives have come as the writers saw them.
 * A tombstone of an item that was never read says nothing of its record, and an item that died and came back between two
 * readings looks as if nothing had happened.
 */
import { itemKey, readSharepointVersion } from '@sync/core';
import type { ItemIndex, Mapping } from '@sync/core';
import type { Unread } from './unread.ts';

/** A life of an item; an ended one was seen to be over. */
export interface Life {
  readonly generation: number;
  readonly isEnd: boolean;
}

export interface Owners {
  readonly records: ReadonlyMap<string, string>;
  /** Lives that the feed may not know of, by the key of the item. */
  readonly lives: Map<string, Life>;
  /** Does this record live in a younger item of the same list than this one, or did it last? */
  isLeft(itemKey: string, recordId: string): boolean;
  /** Takes note of a mapping; returns the keys of its item, and of the one that it named before. */
  note(mapping: Mapping | undefined): readonly string[];
}

export function createOwners(unread: Pick<Unread, 'note'>): Owners {
  const records = new Map<string, string>();
  const lives = new Map<string, Life>();
  /** Keys of the items that records live in or lived in last, by list and record. */
  const homes = new Map<string, string>();
  return {
    records,
    lives,
    isLeft: (key, recordId) => isBefore(key, homes.get(homeKey(key, recordId))),
    note: (mapping) => {
      if (mapping === undefined) return [];
      const told = readSharepointVersion(mapping.version);
      const itemId = mapping.itemId ?? told?.itemId ?? null;
      if (itemId === null) return [];
      const key = itemKey({ ...mapping, itemId });
      const [home, last] = [homeKey(key, mapping.recordId), homes.get(homeKey(key, mapping.recordId))];
      if (!isBefore(key, last)) homes.set(home, key);
      records.set(key, mapping.recordId);
      unread.note(key);
      if (told?.itemId === itemId && (told.isEnd || told.generation > 0)) lives.set(key, told);
      return last === undefined || last === key ? [key] : [last, key];
    },
  };
}

function homeKey(ofItem: string, recordId: string): string {
  return `${ofItem.slice(0, ofItem.lastIndexOf('|'))}|${recordId}`;
}

/** True when both are items of a list and this one is the older: ids of items grow. */
function isBefore(key: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  return Number(key.slice(key.lastIndexOf('|') + 1)) < Number(other.slice(other.lastIndexOf('|') + 1));
}

/** True when what was published of an item belongs to a life that is known to be over. */
export function isBehind(index: ItemIndex | undefined, life: Life): boolean {
  if (index === undefined) return false;
  if (index.generation !== life.generation) return index.generation < life.generation;
  return life.isEnd && !index.deleted;
}
