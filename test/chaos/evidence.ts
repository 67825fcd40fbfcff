/** Brings the logs of both sides and the topics together for the checker. */
import { allTopics, topics } from '@sync/core';
import type { Topic, ValueOf } from '@sync/core';
import { openClient } from '@sync/runtime';
import type { ReadRecord } from '@sync/runtime';
import { pause } from './chaos-stack.ts';
import type { ToldConflict } from './history/change.ts';

export interface TopicEvidence {
  readonly conflicts: readonly ToldConflict[];
  /** `record|field` with a refusal or a dead letter. */
  readonly excused: ReadonlySet<string>;
  /** Items that the answers of the sharepoint-writer name. */
  readonly answered: ReadonlySet<number>;
  readonly deadLetters: number;
  readonly refusals: number;
  /** Record id to the item that `sync.mappings` names for it. */
  readonly mappings: ReadonlyMap<string, { readonly itemId: string | null; readonly status: string }>;
}

/** Reads what the pipeline itself says in its topics. */
export async function readTopics(env: Readonly<Record<string, string>>): Promise<TopicEvidence> {
  const client = await openClient({
    brokers: (env['SYNC_KAFKA_BROKERS'] ?? '').split(','),
    registryUrl: env['SYNC_REGISTRY_URL'] ?? '',
    clientId: 'chaos',
  });
  // After the faults a broker may still be busy with itself.
  const read = async <T extends Topic>(topic: T): Promise<ReadRecord<ValueOf<T>>[]> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await client.readAll(topic);
      } catch (error) {
        if (attempt === 5) throw error;
        await pause(2_000);
      }
    }
  };
  try {
    const told = await read(topics.conflicts);
    const written = await read(topics.sharepointResults);
    const answers = [...(await read(topics.twentyResults)), ...written];
    const dead: { readonly key: string }[] = [];
    for (const topic of allTopics())
      if (topic.name.startsWith('sync.dead-letters.')) dead.push(...(await read(topic)));
    const mappings = await read(topics.mappings);
    const refused = answers.flatMap(({ value }) =>
      (value?.refusals ?? []).map(({ field }) => `${value?.recordId}|${field}`),
    );
    return {
      conflicts: told.flatMap(({ value }) =>
        value === null
          ? []
          : [
              {
                record: value.recordId,
                field: value.field,
                twentyValue: value.twentyValue,
                sharepointValue: value.sharepointValue,
                isOpen: value.winner === 'undecided',
              },
            ],
      ),
      excused: new Set([...refused, ...dead.map(({ key }) => `${recordIn(key)}|*`)]),
      answered: new Set(written.flatMap(({ value }) => (value?.itemId ? [Number(value.itemId)] : []))),
      deadLetters: dead.length,
      refusals: refused.length,
      mappings: new Map(
        mappings.flatMap(({ value }) =>
          value === null ? [] : [[value.recordId, { itemId: value.itemId, status: value.status }] as const],
        ),
      ),
    };
  } finally {
    await client.close();
  }
}

function recordIn(key: string): string {
  return key.split('|')[2] ?? key;
}
