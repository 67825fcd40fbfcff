// `npm run check:model`: explores the shipping reducers in a small world, state by state; see test/model/README.md.
import { ensureNpmPackages, pinnedNode, repoRoot } from './bootstrap.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

try {
  await ensureNpmPackages();
  const args = [join(repoRoot, 'test/model/run.ts'), ...process.argv.slice(2)];
  const { status } = spawnSync(pinnedNode, args, { cwd: repoRoot, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(`check:model failed to start: ${error.message}`);
  process.exitCode = 1;
}
