/** Runs Python with packages of its own, in a folder of build outputs that is made when it is missing. */
import { execFile } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGES = ['confluent-kafka[avro,schemaregistry]==2.16.1'];

/** The interpreter of the virtual environment; the first call of a checkout installs, which takes half a minute. */
export async function pythonWithKafka(): Promise<string> {
  const home = join(process.cwd(), 'build', 'python');
  const [python, done] = [
    join(home, 'bin', 'python'),
    join(home, PACKAGES.join(' ').replaceAll(/\W+/g, '-')),
  ];
  if (existsSync(done)) return python;
  rmSync(home, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', home]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  // Written last: an installation that was cut off is made anew.
  writeFileSync(done, '');
  return python;
}

/** Runs a script to its end; its lines of JSON. */
export async function runPython(python: string, ...args: readonly string[]): Promise<unknown[]> {
  const { stdout } = await run(python, args, { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
