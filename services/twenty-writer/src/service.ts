/** Puts the service together on an open row writer. */
import { createRecent, topics } from '@sync/core';
import type { Service, ServiceContext } from '@sync/runtime';
import type { RowWriter } from '@sync/twenty';
import type { Job } from './job.ts';
import { createWriter } from './writer.ts';

/** Records whose last sources are remembered. */
const REMEMBERED = 50_000;

export function createService(context: ServiceContext<object>, rows: RowWriter): Service {
  const metadata = context.table(topics.twentyMetadata);
  const memory = createRecent<Job['sources']>(REMEMBERED);
  // While another instance had the partition it may have written; an empty memory is always safe.
  context.onAssigned(() => memory.clear());
  const process = createWriter({
    metadataOf: (id) => metadata.get(id),
    ...{ rows, memory },
    epoch: context.config.epoch,
    now: () => context.now(),
  });
  return { process, close: () => rows.close() };
}
