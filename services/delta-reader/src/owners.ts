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
  /** Takes note of a mapping; returns the key of its item, if it has one. */
  note(mapping: Mapping | undefined): string | null;
}

export function createOwners(unread: Pick<Unread, 'note'>): Owners {
  const records = new Map<string, string>();
  const lives = new Map<string, Life>();
  return {
    records,
    lives,
    note: (mapping) => {
      if (mapping === undefined) return null;
      const told = readSharepointVersion(mapping.version);
      const itemId = mapping.itemId ?? told?.itemId ?? null;
      if (itemId === null) return null;
      const key = itemKey({ ...mapping, itemId });
      records.set(key, mapping.recordId);
      unread.note(key);
      if (told?.itemId === itemId && (told.isEnd || told.generation > 0)) lives.set(key, told);
      return key;
    },
  };
}

/** True when what was published of an item belongs to a life that is known to be over. */
export function isBehind(index: ItemIndex | undefined, life: Life): boolean {
  if (index === undefined) return false;
  if (index.generation !== life.generation) return index.generation < life.generation;
  return life.isEnd && !index.deleted;
}
