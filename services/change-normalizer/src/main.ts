import { runService } from '@sync/runtime';
import { openMetadataReader } from '@sync/twenty';
import { options } from './config.ts';
import { createNormalizer } from './normalizer.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (ctx) => createNormalizer(ctx, openMetadataReader({ url: ctx.config.readerUrl })),
});
