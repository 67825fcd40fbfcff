// Runs one command of packages/stack under the pinned Node, in the same terminal, and ends as it ends.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { jvmDir, pinnedNode, repoRoot } from './bootstrap.mjs';

export function stackCommand(command, args) {
  const main = join(repoRoot, 'packages', 'stack', 'src', 'main.ts');
  const env = { ...process.env, SYNC_JVM_DIR: process.env.SYNC_JVM_DIR ?? jvmDir() };
  const child = spawn(pinnedNode, [main, command, ...args], { cwd: repoRoot, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWithNpm(() => child.kill('SIGTERM'));
  child.once('error', (error) => {
    console.error(`cannot start ${pinnedNode}: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code) => {
    process.exit(code ?? 1);
  });
}

/** npm hands a SIGTERM to the shell between it and us, and that shell dies of it without telling us. */
function stopWithNpm(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}
