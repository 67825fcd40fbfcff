import { runService } from '@sync/runtime';
import { options } from './config.ts';
import { createNormalizer } from './normalizer.ts';
import { topology } from './topology.ts';

await runService({ topology, options, build: createNormalizer });
