/** The operator's command line (`npm run sync`), and what it says. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface CommandLine {
  readonly repoRoot: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a verb to its end; throws with its words when it fails. */
export function sync({ repoRoot, env }: CommandLine, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(repoRoot, 'services/operator-api/src/cli.ts'), ...args], {
    cwd: repoRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(words.trim()) : reject(new Error(`${args[0]} ended with ${code}: ${words}`)),
    );
  });
}
