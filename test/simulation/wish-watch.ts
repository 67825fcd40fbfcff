/** Sees the states of records as they are saved: a wish that met another state of its side is not wished again as it was. */
import type { OpenWishes, RecordState } from '@sync/core';

/** How often the same wish may be opened again: a process that had lost its partition saves a state or two of before. */
const MOST = 3;

export interface WishWatch {
  /** Takes note of a state that was saved. */
  note(key: string, state: RecordState): void;
  /** Violations so far. */
  vain(): string[];
}

export function createWishWatch(): WishWatch {
  const open = new Map<string, string | null>();
  const opened = new Map<string, number>();
  const see = (at: string, wishes: OpenWishes | null): void => {
    const id = wishes === null ? null : `${at}|${identityOf(wishes)}`;
    if (id !== null && open.get(at) !== id) opened.set(id, (opened.get(id) ?? 0) + 1);
    open.set(at, id);
  };
  return {
    note: (key, { outTwenty, outSharepoint }) => {
      see(`${key}|twenty`, outTwenty);
      see(`${key}|sharepoint`, outSharepoint);
    },
    vain: () =>
      [...opened]
        .filter(([, count]) => count > MOST + 1)
        .map(([id, count]) => `no-vain-wish: ${id} was opened ${count} times`),
  };
}

/** What is wished, and of which state of the side. */
function identityOf({ basis, wishes }: OpenWishes): string {
  return JSON.stringify([
    basis,
    Object.entries(wishes).map(([field, { value, source, expected }]) => [field, value, source, expected]),
  ]);
}
