/** What an operator does when the replication slot is gone, and what Connect says about the capture. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pause } from './chaos-stack.ts';

export interface CaptureOptions {
  readonly repoRoot: string;
  readonly env: Readonly<Record<string, string>>;
  /** REST addresses of the Connect workers. */
  readonly workers: readonly string[];
}

/** Makes the slot again, forgets the position and lets the connector take a new snapshot. */
export async function recapture(options: CaptureOptions): Promise<void> {
  await ask(options, 'PUT', '/stop');
  await untilState(options, 'STOPPED');
  await ensureCapture(options);
  await ask(options, 'DELETE', '/offsets');
  await ask(options, 'PUT', '/resume');
}

/** Starts again what has failed; true when there was something. */
export async function restartFailed(options: CaptureOptions): Promise<boolean> {
  const status = (await ask(options, 'GET', '/status')) as Status;
  const failed = [status.connector, ...status.tasks].some(({ state }) => state === 'FAILED');
  if (failed) await ask(options, 'POST', '/restart?includeTasks=true&onlyFailed=true');
  return failed;
}

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string }[];
}

async function untilState(options: CaptureOptions, wanted: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const { connector, tasks } = (await ask(options, 'GET', '/status')) as Status;
    if (connector.state === wanted && tasks.length === 0) return;
    await pause(500);
  }
  throw new Error(`the connector did not become ${wanted}`);
}

/** Asks the workers in turn until one answers well: one of them may be down, or both busy with a rebalance. */
async function ask({ workers }: CaptureOptions, method: string, path: string): Promise<unknown> {
  let last: unknown;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const url = `${workers[attempt % workers.length]}/connectors/twenty${path}`;
    try {
      const answer = await fetch(url, { method, signal: AbortSignal.timeout(10_000) });
      if (answer.ok) return await answer.json().catch(() => null);
      last = new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    } catch (error) {
      last = error;
    }
    await pause(500);
  }
  throw last;
}

function ensureCapture({ repoRoot, env }: CaptureOptions): Promise<void> {
  const child = spawn(process.execPath, [join(repoRoot, 'packages/twenty/src/cdc-main.ts'), 'ensure'], {
    cwd: repoRoot,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`cdc ensure ended with ${code}`)),
    );
  });
}
