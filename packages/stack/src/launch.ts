import { spawn, type ChildProcess } from 'node:child_process';
import type { Command } from './part.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

export interface Running {
  readonly pid: number | undefined;
  readonly exited: Promise<Exit>;
}

/** Starts a command as the head of a process group of its own, writing to an open log; a failure to start is an `Exit` too. */
export function launch(command: Command, logDescriptor: number): Running {
  const child = spawn(command.file, command.args, {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.uid === undefined ? {} : { uid: command.uid }),
    ...(command.gid === undefined ? {} : { gid: command.gid }),
    env: { ...process.env, ...command.env },
    detached: true,
    // A file, not a pipe: a process must survive the death of its supervisor until it is stopped in good order.
    stdio: ['ignore', logDescriptor, logDescriptor],
  });
  return { pid: child.pid, exited: exitOf(child) };
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** Words for how a process ended. */
export function describeExit(exit: Exit): string {
  if (exit.error) return `could not be started: ${exit.error.message}`;
  return exit.signal === null ? `ended with exit code ${exit.code}` : `was ended by ${exit.signal}`;
}

/** Asks the very process recorded to end, waits, then kills its whole group; does nothing when it is gone already. */
export async function stopGroup(
  recorded: ProcessIdentity,
  signal: NodeJS.Signals,
  limitMs: number,
): Promise<void> {
  if (!isAlive(recorded)) return;
  sendSignal(recorded.pid, signal);
  const deadline = Date.now() + limitMs;
  while (isAlive(recorded) && Date.now() < deadline) await pause(25);
  killGroup(recorded.pid);
  while (isAlive(recorded) && Date.now() < deadline + 5_000) await pause(10);
}

/** Kills what a process left behind in its group; to be called at the moment its head has ended, while the id is its own. */
export function killGroup(pid: number): void {
  sendSignal(-pid, 'SIGKILL');
}

function sendSignal(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resolves after so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
