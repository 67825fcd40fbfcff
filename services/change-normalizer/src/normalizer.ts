/** The shell: raw records through `decide`, and a regular look at Twenty's metadata. */
import { SyncError, topics } from '@sync/core';
import type { ConfigOf, Service, ServiceContext } from '@sync/runtime';
import { TwentyUnavailable } from '@sync/twenty';
import type { MetadataReader } from '@sync/twenty';
import type { options } from './config.ts';
import { decide } from './decide.ts';
import { metadataChanges, versionsDiffer } from './metadata.ts';

type Context = ServiceContext<ConfigOf<typeof options>>;

export function createNormalizer(ctx: Context, reader: MetadataReader): Service {
  const known = ctx.table(topics.twentyMetadata);
  let seen: ReadonlyMap<string, number> = new Map();

  ctx.every(ctx.config.metadataPollMs, 'metadata', async () => {
    if (!ctx.owns(topics.twentyMetadata, '')) return;
    const versions = await waiting(reader.metadataVersions());
    if (!versionsDiffer(versions, seen)) return;
    const found = await waiting(reader.discover());
    await ctx.send(metadataChanges(found, (workspaceId) => known.get(workspaceId)));
    seen = versions;
  });

  return {
    process: async (record) => decide(record.value as Uint8Array | null, ctx.config.epoch),
    close: () => reader.close(),
  };
}

/** An outage of PostgreSQL is waited for. */
async function waiting<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof TwentyUnavailable)) throw cause;
    throw new SyncError('TWENTY_UNAVAILABLE', "reading Twenty's metadata: PostgreSQL does not answer", {
      cause,
    });
  }
}
