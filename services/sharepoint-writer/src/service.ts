/** Puts the service together on the clients of its applications. */
import { createRecent, topics } from '@sync/core';
import type { WorkspaceConfig } from '@sync/core';
import type { GraphClient } from '@sync/graph';
import type { Service, ServiceContext } from '@sync/runtime';
import type { Known } from './job.ts';
import { createWriter } from './writer.ts';

/** Records whose last answer is remembered. */
const REMEMBERED = 50_000;

export function createService(
  context: ServiceContext<object>,
  clientOf: (config: WorkspaceConfig) => GraphClient,
): Service {
  const configs = context.table(topics.config);
  const memory = createRecent<Known>(REMEMBERED);
  // While another instance had the partition it may have written; an empty memory is always safe.
  context.onAssigned(() => memory.clear());
  const now = (): number => context.now();
  return {
    process: createWriter({ configOf: (id) => configs.get(id), clientOf, memory, now }),
    maxInFlight: 64,
  };
}
