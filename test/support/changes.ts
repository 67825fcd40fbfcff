/** What arrives on the change topics of Twenty, from now on. */
import { topics } from '@sync/core';
import type { ObjectTopic, TwentyChange } from '@sync/core';
import { openClient } from '@sync/runtime';
import type { Client, ReadRecord } from '@sync/runtime';
import { eventually } from './eventually.ts';
import { stackVariable } from './stack.ts';

export type ChangeRecord = ReadRecord<TwentyChange>;

export interface ChangeWatch {
  /** The records of a key so far, in the order of their partition. */
  of(key: string): readonly ChangeRecord[];
  /** The first change of a key that passes the test. */
  change(key: string, what: string, test: (change: TwentyChange) => boolean): Promise<TwentyChange>;
  /** The records of a key, once the last of them is a tombstone. */
  untilForgotten(key: string): Promise<readonly ChangeRecord[]>;
  close(): Promise<void>;
}

export function openTestClient(): Promise<Client> {
  return openClient({
    brokers: stackVariable('SYNC_KAFKA_BROKERS').split(','),
    registryUrl: stackVariable('SYNC_REGISTRY_URL'),
    clientId: 'test',
  });
}

export async function watchChanges(...objects: readonly ObjectTopic[]): Promise<ChangeWatch> {
  const client = await openTestClient();
  const seen = new Map<string, ChangeRecord[]>();
  const keep = (record: ChangeRecord): void => {
    const before = seen.get(record.key);
    if (before === undefined) seen.set(record.key, [record]);
    else before.push(record);
  };
  await Promise.all(objects.map((object) => client.follow(topics.twentyChanges[object], keep)));
  const of = (key: string): readonly ChangeRecord[] => seen.get(key) ?? [];
  return {
    of,
    change: (key, what, test) =>
      eventually(
        `${what} of ${key}`,
        async () => of(key).flatMap(({ value }) => (value !== null && test(value) ? [value] : []))[0],
      ),
    untilForgotten: (key) =>
      eventually(`tombstone of ${key}`, async () => (of(key).at(-1)?.value === null ? of(key) : undefined)),
    close: () => client.close(),
  };
}
