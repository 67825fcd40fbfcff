// `npm run chaos`: installs what is missing, then runs the whole pipeline under faults on a stack of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, jvmDir, pinnedNode, repoRoot } from './bootstrap.mjs';

try {
  await bootstrap();
  const env = { ...process.env, SYNC_JVM_DIR: process.env.SYNC_JVM_DIR ?? jvmDir() };
  const child = spawn(pinnedNode, [join(repoRoot, 'test/chaos/main.ts'), ...process.argv.slice(2)], {
    cwd: repoRoot,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
} catch (error) {
  console.error(`chaos failed to start: ${error.message}`);
  process.exitCode = 1;
}
