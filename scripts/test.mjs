// `npm test`: installs what is missing, then runs every test, the quickest first, on a real stack of its own.
import { bootstrap, ensureTestTools, pinnedNode, repoRoot } from './bootstrap.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

try {
  await bootstrap();
  await ensureTestTools();
  const { status } = spawnSync(
    pinnedNode,
    [join(repoRoot, 'scripts/run-tests.ts'), ...process.argv.slice(2)],
    {
      cwd: repoRoot,
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(`test failed to start: ${error.message}`);
  process.exitCode = 1;
}
