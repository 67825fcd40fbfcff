// Runs commands of node_modules/.bin one after the other; the first that fails ends it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');

/** `steps`: name, command in node_modules/.bin, arguments. */
export async function runAll(steps) {
  for (const [name, command, args] of steps) {
    const begin = Date.now();
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
    const { status } = spawnSync(join(bin, command), args, { cwd: root, stdio: 'inherit', env });
    const seconds = ((Date.now() - begin) / 1000).toFixed(1);
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
    if (status !== 0) process.exit(1);
  }
}
