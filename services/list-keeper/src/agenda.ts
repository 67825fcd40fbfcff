/** When each thing is to be looked at next; what was never looked at is due. */

export interface Agenda {
  isDue(key: string, now: number): boolean;
  /** Not before this time, milliseconds since 1970. */
  putOff(key: string, until: number): void;
  /** Everything whose key begins so is due at once. */
  hurry(prefix: string): void;
}

export function createAgenda(): Agenda {
  const notBefore = new Map<string, number>();
  return {
    isDue: (key, now) => now >= (notBefore.get(key) ?? 0),
    putOff: (key, until) => void notBefore.set(key, until),
    hurry: (prefix) => {
      for (const key of notBefore.keys()) if (key.startsWith(prefix)) notBefore.delete(key);
    },
  };
}
