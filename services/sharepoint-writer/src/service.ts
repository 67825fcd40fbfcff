/** Puts the service together on the clients of its applications. */
import { topics } from '@sync/core';
import type { WorkspaceConfig } from '@sync/core';
import type { GraphClient } from '@sync/graph';
import type { Service, ServiceContext } from '@sync/runtime';
import { createWriter } from './writer.ts';

export function createService(
  context: ServiceContext<object>,
  clientOf: (config: WorkspaceConfig) => GraphClient,
): Service {
  const configs = context.table(topics.config);
  const memory = context.store(topics.writeMemory);
  const now = (): number => context.now();
  return {
    process: createWriter({ configOf: (id) => configs.get(id), clientOf, memory, now }),
    maxInFlight: 64,
  };
}
