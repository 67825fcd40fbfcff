/** A memory of bounded size: what was not touched for the longest time is forgotten first. */
export interface Recent<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  clear(): void;
}

/** Makes a memory for at most `limit` keys. */
export function createRecent<V>(limit: number): Recent<V> {
  // A Map iterates in the order of insertion, so its first key is the one touched longest ago.
  const entries = new Map<string, V>();
  const touch = (key: string, value: V): void => {
    entries.delete(key);
    entries.set(key, value);
  };
  return {
    get: (key) => {
      const value = entries.get(key);
      if (value !== undefined) touch(key, value);
      return value;
    },
    set: (key, value) => {
      touch(key, value);
      const [oldest] = entries.keys();
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
    },
    clear: () => entries.clear(),
  };
}
