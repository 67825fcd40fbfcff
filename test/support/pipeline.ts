/** What the pipeline's topics say about a record. */
import { recordKey, topics } from '@sync/core';
import type { Conflict, Mapping, Topic, ValueOf, WriteResult } from '@sync/core';
import { openClient } from '@sync/runtime';
import type { Client, ReadRecord } from '@sync/runtime';
import { eventually } from './eventually.ts';
import { stackVariable } from './stack.ts';
import type { SyncedObject, Workspace } from './workspaces.ts';

export const keyOf = (workspace: Workspace, object: SyncedObject, recordId: string): string =>
  recordKey({ workspaceId: workspace.id, object, recordId });

/** A client of the stack's brokers. */
export function openPipeline(): Promise<Client> {
  return openClient({
    brokers: stackVariable('SYNC_KAFKA_BROKERS').split(','),
    registryUrl: stackVariable('SYNC_REGISTRY_URL'),
    clientId: 'e2e',
    // Other tests put poison on the topics.
    onUnreadable: () => undefined,
  });
}

/** All records of a topic under a key, the oldest first. What others left there under other keys may be unreadable. */
export function recordsOf<T extends Topic>(
  client: Client,
  topic: T,
  key: string,
): Promise<ReadRecord<ValueOf<T>>[]> {
  return client.readAll(topic, key);
}

/** The conflicts of a record, each once, however often it was told. */
export async function conflictsOf(client: Client, recordId: string): Promise<Conflict[]> {
  const told = await client.readAll(topics.conflicts);
  const newest = new Map(told.map((record) => [record.key, record.value]));
  return [...newest.values()]
    .filter((conflict) => conflict?.recordId === recordId)
    .filter((one) => one !== null);
}

/** Waits until the mapping of a record is as wanted; fails showing how it stood. */
export async function mappingWhere(
  client: Client,
  key: string,
  wanted: (mapping: Mapping) => boolean,
  withinMs = 30_000,
): Promise<Mapping> {
  let newest: Mapping | null | undefined;
  try {
    return await eventually(
      'the mapping',
      async () => {
        newest = (await recordsOf(client, topics.mappings, key)).at(-1)?.value;
        return newest !== undefined && newest !== null && wanted(newest) ? newest : undefined;
      },
      { withinMs, everyMs: 200 },
    );
  } catch (error) {
    throw new Error(`the mapping of ${key} stayed ${JSON.stringify(newest)}`, { cause: error });
  }
}

/** The refusals in the answers for a record. */
export async function refusalsOf(
  client: Client,
  side: WriteResult['side'],
  key: string,
): Promise<WriteResult['refusals']> {
  const topic = side === 'twenty' ? topics.twentyResults : topics.sharepointResults;
  return (await recordsOf(client, topic, key)).flatMap((record) => record.value?.refusals ?? []);
}
