/** Which record an item was made for, by the mapping: a tombstone of an item that was never read says nothing of it. */
import { itemKey } from '@sync/core';
import type { Mapping } from '@sync/core';

export interface Owners {
  readonly records: ReadonlyMap<string, string>;
  /** Takes note of a mapping; returns the key of its item, if it has one. */
  note(mapping: Mapping | undefined): string | null;
}

export function createOwners(): Owners {
  const records = new Map<string, string>();
  return {
    records,
    note: (mapping) => {
      if (mapping === undefined || mapping.itemId === null) return null;
      const key = itemKey({ ...mapping, itemId: mapping.itemId });
      records.set(key, mapping.recordId);
      return key;
    },
  };
}
