import { runService } from '@sync/runtime';
import { openRowWriter } from '@sync/twenty';
import { options } from './config.ts';
import { createService } from './service.ts';
import { topology } from './topology.ts';

await runService({
  topology,
  options,
  build: (context) => {
    const { writerUrl, connections } = context.config;
    return createService(context, openRowWriter({ url: writerUrl, connections }));
  },
});
