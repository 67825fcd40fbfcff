import { runService } from '@sync/runtime';
import { options } from './config.ts';
import { createDetector } from './detector.ts';
import { topology } from './topology.ts';

await runService({ topology, options, build: createDetector });
