import { runService } from '@sync/runtime';
import { options } from './config.ts';
import { createKeeper } from './keeper.ts';
import { topology } from './topology.ts';

await runService({ topology, options, build: createKeeper });
