/** Tests delete and overwrite more in a minute than any company does: their workspaces must not be held for it. */
import { bindingKey, to, topics } from '@sync/core';
import type { WorkspaceConfig } from '@sync/core';
import { openClient } from '@sync/runtime';
import type { Client } from '@sync/runtime';
import { eventually } from './eventually.ts';

const NO_LIMIT = 1_000_000;

/** Lifts the breakers of every workspace that is configured, and waits until its lists are there. */
export async function prepareWorkspaces(env: Readonly<Record<string, string>>): Promise<void> {
  const client = await openClient({
    brokers: (env['SYNC_KAFKA_BROKERS'] ?? '').split(','),
    registryUrl: env['SYNC_REGISTRY_URL'] ?? '',
  });
  try {
    const configs = await configsOf(client);
    await client.send(configs.map((config) => to(topics.config, config.workspaceId, lifted(config))));
    const wanted = configs.flatMap(({ workspaceId, objects }) =>
      objects.map(({ name }) => bindingKey({ workspaceId, object: name })),
    );
    await eventually('the lists', () => allOf(client, wanted), { withinMs: 120_000, everyMs: 500 });
  } finally {
    await client.close();
  }
}

async function allOf(client: Client, wanted: readonly string[]): Promise<true | undefined> {
  const bound = new Set((await client.readAll(topics.lists)).map(({ key }) => key));
  return wanted.every((key) => bound.has(key)) ? true : undefined;
}

/** The newest configuration of each workspace. */
export async function configsOf(client: Client): Promise<WorkspaceConfig[]> {
  const newest = new Map((await client.readAll(topics.config)).map(({ key, value }) => [key, value]));
  return [...newest.values()].filter((config) => config !== null);
}

function lifted(config: WorkspaceConfig): WorkspaceConfig {
  const limits = { massDeleteLimit: NO_LIMIT, massOverwriteLimit: NO_LIMIT };
  return { ...config, loopLimit: 0, objects: config.objects.map((object) => ({ ...object, ...limits })) };
}
