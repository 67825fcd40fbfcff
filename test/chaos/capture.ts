/** What an operator does when the replication slot is gone, and what Connect says about the capture. */
import { sync } from './operator.ts';
import type { CommandLine } from './operator.ts';

export interface CaptureOptions extends CommandLine {
  /** REST addresses of the Connect workers. */
  readonly workers: readonly string[];
}

/** `npm run sync -- recover` and what it says, at the first worker that can do it: one of them may be down or frozen. */
export async function recapture(options: CaptureOptions): Promise<string> {
  let last: unknown;
  for (const worker of options.workers) {
    try {
      return await sync({ ...options, env: { ...options.env, SYNC_CONNECT_URL: worker } }, 'recover');
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** Starts again what has failed; true when there was something. */
export async function restartFailed({ workers }: CaptureOptions): Promise<boolean> {
  for (const worker of workers) {
    try {
      return await restartAt(`${worker}/connectors/twenty`);
    } catch {
      // It is down, or busy with a rebalance: the next one may know.
    }
  }
  return false;
}

async function restartAt(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/status`, { signal: AbortSignal.timeout(2_000) });
  const { connector, tasks } = (await answer.json()) as Status;
  const failed = [connector, ...tasks].some(({ state }) => state === 'FAILED');
  if (failed) {
    const restart = `${url}/restart?includeTasks=true&onlyFailed=true`;
    await fetch(restart, { method: 'POST', signal: AbortSignal.timeout(5_000) });
  }
  return failed;
}

interface Status {
  readonly connector: { readonly state: string };
  readonly tasks: readonly { readonly state: string }[];
}
