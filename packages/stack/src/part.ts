/** A command line, run without a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Run as this user instead of root (PostgreSQL refuses root). */
  readonly uid?: number;
  readonly gid?: number;
}

/** How the launcher learns that a process can be used. */
export type Probe =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'http'; readonly url: string }
  /** The process has written these words to its log since it was started. */
  | { readonly kind: 'log'; readonly words: string };

/** Runs a command to its end, its output going to the part's log; rejects with a `PartFailure`. */
export type RunCommand = (command: Command) => Promise<void>;

interface Base {
  readonly name: string;
  /** Parts that must be ready, or done, before this one is started. */
  readonly needs: readonly string[];
  /** Where a client finds it: a URL, a connection string or host:port; empty for a step. */
  readonly url: string;
  /** Name of the environment variable that, when set, says this part exists elsewhere: it is then not started. */
  readonly configuredFrom?: string;
}

/** A long-running process. */
export interface ProcessPart extends Base {
  readonly kind: 'process';
  /** Writes files and formats storage; runs before every start and must be idempotent. */
  readonly prepare?: (run: RunCommand) => Promise<void>;
  readonly command: () => Command;
  readonly ready: Probe;
  readonly startLimitMs: number;
  readonly stopSignal: NodeJS.Signals;
  readonly stopLimitMs: number;
}

/** Something that is done once at every start and must be idempotent. */
export interface StepPart extends Base {
  readonly kind: 'step';
  readonly run: (run: RunCommand) => Promise<void>;
}

export type Part = ProcessPart | StepPart;
