import { topics } from '@sync/core';
import { runService } from '@sync/runtime';
import { openRowWriter } from '@sync/twenty';
import { options } from './config.ts';
import type { Job } from './job.ts';
import { createRecent } from '@sync/core';
import { topology } from './topology.ts';
import { createWriter } from './writer.ts';

/** Records whose last sources are remembered. */
const REMEMBERED = 50_000;

await runService({
  topology,
  options,
  build: (context) => {
    const { writerUrl, connections, epoch } = context.config;
    const metadata = context.table(topics.twentyMetadata);
    const rows = openRowWriter({ url: writerUrl, connections });
    const memory = createRecent<Job['sources']>(REMEMBERED);
    const now = (): number => context.now();
    // While another instance had the partition it may have written; an empty memory is always safe.
    context.onAssigned(() => memory.clear());
    const process = createWriter({ metadataOf: (id) => metadata.get(id), rows, memory, epoch, now });
    return { process, close: () => rows.close() };
  },
});
