import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stackEnv } from './environment.ts';
import { listenForRestarts } from './control.ts';
import { lockFolder } from './folder-lock.ts';
import { jvmDirOf } from './jvm-folder.ts';
import { inOrder, reversed, selectParts } from './order.ts';
import type { Part } from './part.ts';
import { PartFailure } from './part-failure.ts';
import { PartRecords } from './part-records.ts';
import { PartRunner } from './part-runner.ts';
import { buildPlan } from './plan.ts';
import { prepareState, serviceNames } from './prepare-state.ts';
import { isAlive } from './process-identity.ts';
import type { Shape } from './shape.ts';
import type { StackState } from './state.ts';

/** One line of progress: a part changed, or a remark. */
export type Progress =
  | {
      readonly kind: 'part';
      readonly part: Part;
      readonly event: 'starting' | 'ready' | 'external' | 'stopping';
      readonly ms: number;
    }
  | { readonly kind: 'note'; readonly text: string };

export interface StackOptions {
  readonly repoRoot: string;
  readonly dataDir: string;
  /** Parts to start, with all they need; everything when absent. */
  readonly only?: readonly string[];
  /** Environment that may say where external parts are; the process's own by default. */
  readonly outer?: NodeJS.ProcessEnv;
  /** One of everything when absent. */
  readonly shape?: Shape;
  /** Runs once the ports are chosen and before anything is started, for instance to open the doors. */
  readonly onPorts?: (state: StackState) => Promise<void>;
  /**
   * Once everything is up, a part that ends by itself is told here instead of in `died`, and nothing else happens:
   * what follows is the caller's to decide.
   */
  readonly onDeath?: (failure: PartFailure) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborts the start; what was started by then is stopped before `startStack` rejects. */
  readonly signal?: AbortSignal;
}

/** A stack that runs. */
export interface Stack {
  readonly state: () => StackState;
  readonly env: Readonly<Record<string, string>>;
  /** Resolves with the failure of the first part that ends unasked; the caller then stops the rest. */
  readonly died: Promise<PartFailure>;
  /** Stops one part, for instance with SIGKILL to see what its users do; `startPart` brings it back. */
  readonly stopPart: (name: string, signal?: NodeJS.Signals) => Promise<void>;
  readonly startPart: (name: string) => Promise<void>;
  /** Stops every part, users before what they use. May be called twice. */
  readonly stop: () => Promise<void>;
}

/** Starts a stack and resolves when every part is ready. Rejects with `AlreadyRunning` or `PartFailure`, leaving nothing running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  const unlock = lockFolder(dataDir);
  try {
    const state = await prepareState(
      options.repoRoot,
      dataDir,
      options.outer ?? process.env,
      (text) => options.onProgress?.({ kind: 'note', text }),
      options.shape,
    );
    await options.onPorts?.(state);
    return await startParts(options, state, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function startParts(options: StackOptions, state: StackState, unlock: () => void): Promise<Stack> {
  const parts = selectParts(planFor(options.repoRoot, state), options.only);
  const records = new PartRecords(state, () => new Date());
  const { abort, signal } = abortable(options.signal);
  const { promise: died, resolve: onDeath } = Promise.withResolvers<PartFailure>();
  let isUp = false;
  const runner = new PartRunner(records, (failure) =>
    isUp && options.onDeath ? options.onDeath(failure) : onDeath(failure),
  );
  // A part that dies while others still start ends the start.
  void died.then((failure) => abort.abort(failure));
  const stop = once(() => stopParts(options, parts, records, runner, abort).finally(unlock));
  try {
    for (const part of parts) records.set(part, 'waiting');
    await inOrder(
      parts,
      (part) => startPart(options, records, runner, part, signal),
      (error) => abort.abort(error),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  isUp = true;
  const named = (name: string) => parts.find((part) => part.name === name) ?? unknownPart(name);
  const stopPart = (name: string, how?: NodeJS.Signals) => runner.stop(named(name), how);
  const startOne = (name: string) => runner.start(named(name), signal);
  const stopListening = await listenForRestarts(records.state.dataDir, async ({ part, kill }) => {
    await stopPart(part, kill ? 'SIGKILL' : undefined);
    await startOne(part);
  });
  return {
    state: () => records.state,
    env: stackEnv(records.state),
    died,
    stopPart,
    startPart: startOne,
    stop: () => {
      stopListening();
      return stop();
    },
  };
}

async function startPart(
  options: StackOptions,
  records: PartRecords,
  runner: PartRunner,
  part: Part,
  signal: AbortSignal,
) {
  const begin = Date.now();
  signal.throwIfAborted();
  const tell = (event: 'starting' | 'ready' | 'external') =>
    options.onProgress?.({ kind: 'part', part, event, ms: Date.now() - begin });
  if (part.configuredFrom !== undefined && records.state.external[part.configuredFrom] !== undefined) {
    records.set(part, 'external');
    return tell('external');
  }
  tell('starting');
  await runner.start(part, signal);
  tell('ready');
}

async function stopParts(
  options: StackOptions,
  parts: readonly Part[],
  records: PartRecords,
  runner: PartRunner,
  abort: AbortController,
): Promise<void> {
  abort.abort(new Error('the stack is being stopped'));
  await inOrder(reversed(parts), async ({ part }) => {
    const identity = records.identityOf(part.name);
    if (identity && isAlive(identity)) options.onProgress?.({ kind: 'part', part, event: 'stopping', ms: 0 });
    await runner.stop(part);
    if (records.state.parts[part.name]?.state === 'waiting') records.set(part, 'stopped');
  });
  records.endSupervision();
}

function planFor(repoRoot: string, state: StackState): Part[] {
  const exists = (path: string) => existsSync(join(repoRoot, path));
  return buildPlan({ repoRoot, jvmDir: jvmDirOf(repoRoot), state, services: serviceNames(repoRoot), exists });
}

function abortable(outer: AbortSignal | undefined): { abort: AbortController; signal: AbortSignal } {
  const abort = new AbortController();
  return { abort, signal: outer ? AbortSignal.any([abort.signal, outer]) : abort.signal };
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}

function unknownPart(name: string): never {
  throw new Error(`this stack has no part "${name}"`);
}
