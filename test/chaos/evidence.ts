/** Brings the logs of both sides and the topics together for the checker. */
import { allTopics, topics } from '@sync/core';
import { openClient } from '@sync/runtime';
import type { ToldConflict } from './history/change.ts';

export interface TopicEvidence {
  readonly conflicts: readonly ToldConflict[];
  /** `record|field` with a refusal or a dead letter. */
  readonly excused: ReadonlySet<string>;
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
  try {
    const told = await client.readAll(topics.conflicts);
    const answers = [
      ...(await client.readAll(topics.twentyResults)),
      ...(await client.readAll(topics.sharepointResults)),
    ];
    const letters = allTopics().filter(({ name }) => name.startsWith('sync.dead-letters.'));
    const dead = (await Promise.all(letters.map((topic) => client.readAll(topic)))).flat();
    const mappings = await client.readAll(topics.mappings);
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
