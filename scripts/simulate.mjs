// `npm run simulate`: the whole pipeline in virtual time, from one seed. `-- --seeds 100000` for a long run,
// `-- --seed X --verbose` for one, `-- --mutants` for the planted bugs.
import { bootstrap, pinnedNode, repoRoot } from './bootstrap.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

await bootstrap();
const main = join(repoRoot, 'test/simulation/main.ts');
const { status } = spawnSync(pinnedNode, [main, ...process.argv.slice(2)], {
  cwd: repoRoot,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
