/** A real stack with doors in front of its parts, in which what dies is started again, as an orchestrator would. */
import { startStack } from '@sync/stack';
import type { PartFailure, Shape, Stack, StackState } from '@sync/stack';
import { DoorProcess } from './door-process.ts';
import type { Door } from './proxy.ts';
import { signalFamily } from './processes.ts';

export interface ChaosStackOptions {
  readonly repoRoot: string;
  readonly dataDir: string;
  readonly shape: Shape;
  readonly say: (line: string) => void;
}

/** A part that died though nobody killed it. */
export interface Death {
  readonly part: string;
  readonly at: number;
  readonly words: string;
}

const RESTART_AFTER_MS = 1_000;

export class ChaosStack {
  readonly deaths: Death[] = [];
  readonly doors = new Map<string, Door>();
  readonly #options: ChaosStackOptions;
  readonly #doorProcess = new DoorProcess();
  readonly #busy = new Map<string, Promise<void>>();
  #stack: Stack | null = null;
  readonly #stopping = new AbortController();

  constructor(options: ChaosStackOptions) {
    this.#options = options;
  }

  /** Resolves when everything is ready; rejects with the first failure, leaving nothing running. */
  async start(): Promise<void> {
    const { repoRoot, dataDir, shape, say } = this.#options;
    this.#stack = await startStack({
      repoRoot,
      dataDir,
      shape,
      onPorts: (state) => this.#openDoors(state),
      onDeath: (failure) => this.#onDeath(failure),
      onProgress: (progress) => {
        if (progress.kind === 'part' && progress.event === 'ready')
          say(`${progress.part.name} ready after ${(progress.ms / 1_000).toFixed(1)} s`);
      },
    });
  }

  get env(): Readonly<Record<string, string>> {
    return this.#running().env;
  }

  get dataDir(): string {
    return this.#options.dataDir;
  }

  /** Names of all processes. */
  get parts(): readonly string[] {
    return Object.entries(this.#running().state().parts)
      .filter(([, { kind }]) => kind === 'process')
      .map(([name]) => name);
  }

  urlOf(part: string): string {
    return this.#running().state().parts[part]?.url ?? '';
  }

  pidOf(part: string): number | undefined {
    return this.#running().state().parts[part]?.identity?.pid;
  }

  /** Ends a part and keeps it down for a while; resolves when it is ready again. */
  restart(
    part: string,
    signal: NodeJS.Signals | undefined,
    downMs: number,
    whileDown: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    return this.#alone(part, async () => {
      await this.#running().stopPart(part, signal);
      await whileDown();
      await pause(downMs);
      await this.#startAgain(part);
    });
  }

  /** Freezes a part for a while. */
  freeze(part: string, ms: number): Promise<void> {
    return this.#alone(part, async () => {
      const pid = this.pidOf(part);
      if (pid === undefined) return;
      signalFamily(pid, 'SIGSTOP');
      await pause(ms);
      signalFamily(pid, 'SIGCONT');
    });
  }

  /** Resolves when nothing is being done to any part. */
  async settled(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#stack?.stop();
    await Promise.all([...this.doors.values()].map((door) => door.close()));
    this.#doorProcess.stop();
  }

  async #openDoors({ ports }: StackState): Promise<void> {
    for (const [name, port] of Object.entries(ports)) {
      if (!name.endsWith('-door')) continue;
      const part = name.replace(/-door$/, '');
      const targets = [ports[part], ports[`${part}-2`]].filter((one) => one !== undefined);
      // A broker is one address; the services behind an address are several.
      this.doors.set(
        part,
        await this.#doorProcess.open(port, part.startsWith('kafka') ? targets.slice(0, 1) : targets),
      );
    }
  }

  #onDeath(failure: PartFailure): void {
    if (this.#stopping.signal.aborted) return;
    const { part, message } = failure;
    this.deaths.push({ part, at: Date.now(), words: message });
    this.#options.say(`${part} died by itself; it is started again`);
    void this.#alone(part, async () => {
      await pause(RESTART_AFTER_MS);
      await this.#startAgain(part);
    });
  }

  /** Tries until it is ready; what does not get there is killed and tried again. */
  async #startAgain(part: string): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        return await this.#running().startPart(part);
      } catch (error) {
        this.deaths.push({
          part,
          at: Date.now(),
          words: error instanceof Error ? error.message : String(error),
        });
        await this.#running().stopPart(part, 'SIGKILL');
        await pause(RESTART_AFTER_MS);
      }
    }
  }

  /** One thing at a time is done to a part. */
  #alone(part: string, action: () => Promise<void>): Promise<void> {
    const before = this.#busy.get(part) ?? Promise.resolve();
    const done = before.then(action).finally(() => {
      if (this.#busy.get(part) === done) this.#busy.delete(part);
    });
    this.#busy.set(part, done);
    return done;
  }

  #running(): Stack {
    if (this.#stack === null) throw new Error('the stack was not started');
    return this.#stack;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
