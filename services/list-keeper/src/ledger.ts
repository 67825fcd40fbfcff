/** The entries of a changelog of this service: an entry is sent only when it changed. */
import { to } from '@sync/core';
import type { OutRecord, Topic, ValueOf } from '@sync/core';

export interface Ledger<V> {
  get(key: string): V | undefined;
  /** Sends the entry if it differs from the last one; true when it was sent. Resolves when it is acknowledged. */
  publish(key: string, value: V): Promise<boolean>;
}

/** `store` holds what was acknowledged last, whichever instance sent it. */
export function createLedger<T extends Topic>(
  topic: T,
  store: { get(key: string): ValueOf<T> | undefined },
  send: (records: readonly OutRecord[]) => Promise<void>,
): Ledger<ValueOf<T>> {
  return {
    get: (key) => store.get(key),
    publish: async (key, value) => {
      if (canonical(store.get(key)) === canonical(value)) return false;
      await send([to(topic, key, value)]);
      return true;
    },
  };
}

/** Text that is equal for equal values, whatever the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_name, member: unknown) => sorted(member));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
