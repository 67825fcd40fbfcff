/** The operator's command line, run as a person runs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CLI = join(process.cwd(), 'services', 'operator-api', 'src', 'cli.ts');

/** Lines that `npm run sync -- <args>` prints; fails with what it says when it ends with another code than 0. */
export async function operator(...args: readonly string[]): Promise<string[]> {
  const { stdout } = await run(process.execPath, [CLI, ...args], { timeout: 120_000 });
  return stdout.split('\n').filter((line) => line !== '');
}
