import { closeSync } from 'node:fs';
import { describeExit, killGroup, launch, pause, stopGroup, type Exit, type Running } from './launch.ts';
import { openLog } from './log-file.ts';
import { PartFailure } from './part-failure.ts';
import { logOf, type PartRecords } from './part-records.ts';
import { answers } from './probe.ts';
import type { Command, Part, ProcessPart } from './part.ts';
import { identify } from './process-identity.ts';

const PROBE_PAUSE_MS = 100;

/** Starts and stops single parts; calls `onDeath` when a process ends that nobody asked to. */
export class PartRunner {
  private readonly records: PartRecords;
  private readonly onDeath: (failure: PartFailure) => void;
  private readonly asked = new Set<string>();
  private readonly exits = new Map<string, Promise<Exit>>();

  constructor(records: PartRecords, onDeath: (failure: PartFailure) => void) {
    this.records = records;
    this.onDeath = onDeath;
  }

  /** Resolves when the part is ready or done; rejects with a `PartFailure`, or with the signal's reason. */
  async start(part: Part, signal: AbortSignal): Promise<void> {
    this.asked.delete(part.name);
    this.records.set(part, 'starting');
    const log = openLog(logOf(this.records.state.dataDir, part.name));
    try {
      await (part.kind === 'step' ? this.runStep(part, log, signal) : this.runProcess(part, log, signal));
    } catch (error) {
      if (!signal.aborted) this.records.set(part, 'failed', this.records.identityOf(part.name));
      throw error;
    } finally {
      closeSync(log);
    }
  }

  /** Ends the part's process, gently first; does nothing for one that does not run. */
  async stop(part: Part, signal?: NodeJS.Signals): Promise<void> {
    const identity = this.records.identityOf(part.name);
    if (!identity) return;
    this.asked.add(part.name);
    const gentle = part.kind === 'process' ? part.stopSignal : 'SIGTERM';
    await stopGroup(identity, signal ?? gentle, part.kind === 'process' ? part.stopLimitMs : 5_000);
    // Until it is reaped it would still be seen as a zombie.
    await this.exits.get(part.name);
    const failed = this.records.state.parts[part.name]?.state === 'failed';
    this.records.set(part, failed ? 'failed' : 'stopped');
  }

  private async runStep(part: Part & { kind: 'step' }, log: number, signal: AbortSignal): Promise<void> {
    try {
      await part.run((command) => this.runToEnd(part, command, log, signal));
    } catch (error) {
      if (signal.aborted || error instanceof PartFailure) throw error;
      throw this.failure(part, `failed: ${String(error)}`);
    }
    this.records.set(part, 'done');
  }

  private async runProcess(part: ProcessPart, log: number, signal: AbortSignal): Promise<void> {
    await part.prepare?.((command) => this.runToEnd(part, command, log, signal));
    signal.throwIfAborted();
    const running = this.launchRecorded(part, part.command(), log);
    const died = running.exited.then((exit) => this.failure(part, describeExit(exit)));
    await this.untilReady(part, died, signal);
    this.records.set(part, 'running', this.records.identityOf(part.name));
    void died.then((failure) => this.reportDeath(part, failure));
  }

  private async untilReady(
    part: ProcessPart,
    died: Promise<PartFailure>,
    signal: AbortSignal,
  ): Promise<void> {
    let failure: PartFailure | undefined;
    void died.then((value) => (failure = value));
    const deadline = Date.now() + part.startLimitMs;
    const log = logOf(this.records.state.dataDir, part.name);
    while (!(await answers(part.ready, log))) {
      signal.throwIfAborted();
      if (failure) throw failure;
      if (Date.now() > deadline)
        throw this.failure(part, `was not ready within ${part.startLimitMs / 1000} s`);
      await pause(PROBE_PAUSE_MS);
    }
  }

  private reportDeath(part: Part, failure: PartFailure): void {
    if (this.asked.has(part.name)) return;
    this.records.set(part, 'failed');
    this.onDeath(failure);
  }

  private async runToEnd(part: Part, command: Command, log: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const running = this.launchRecorded(part, command, log);
    const cut = () => void this.stop(part);
    signal.addEventListener('abort', cut);
    const exit = await running.exited.finally(() => signal.removeEventListener('abort', cut));
    signal.throwIfAborted();
    if (exit.code !== 0) throw this.failure(part, describeExit(exit));
  }

  /** The pid is on disk before anything else happens, so that the next start can find what this one leaves. */
  private launchRecorded(part: Part, command: Command, log: number): Running {
    const running = launch(command, log);
    const { pid } = running;
    if (pid === undefined) return running;
    this.records.set(part, 'starting', identify(pid));
    const exited = running.exited.then((exit) => sweep(pid, exit));
    this.exits.set(part.name, exited);
    return { pid, exited };
  }

  private failure(part: Part, reason: string): PartFailure {
    return new PartFailure(part.name, reason, logOf(this.records.state.dataDir, part.name));
  }
}

function sweep(pid: number, exit: Exit): Exit {
  killGroup(pid);
  return exit;
}
