/**
 * Items that a writer made and that the feed has not told of. They come with one of the next readings; but an item that was made
 * and deleted before the feed began anew is in no page, so one that is overdue is looked at singly.
 */

export interface Unread {
  /** Takes note of an item; what has been told of already is not kept. */
  note(itemKey: string): void;
  /** Ids of such items of a list that were noted before this time, milliseconds since 1970. */
  of(list: string, notedBefore?: number): string[];
}

export function createUnread(isTold: (itemKey: string) => boolean, now: () => number): Unread {
  const notedAt = new Map<string, number>();
  return {
    note: (key) => {
      if (!notedAt.has(key) && !isTold(key)) notedAt.set(key, now());
    },
    of: (list, notedBefore = Infinity) => {
      for (const key of [...notedAt.keys()].filter(isTold)) notedAt.delete(key);
      const prefix = `${list}|`;
      return [...notedAt]
        .filter(([key, at]) => key.startsWith(prefix) && at < notedBefore)
        .map(([key]) => key.slice(prefix.length));
    },
  };
}
