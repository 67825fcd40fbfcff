import { stackEnv } from './environment.ts';
import { lockHolder } from './folder-lock.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';
import { loadState, type PartRecord, type PartState, type StackState } from './state.ts';

export interface PartStatus {
  readonly name: string;
  readonly kind: 'process' | 'step';
  readonly state: PartState;
  readonly pid?: number;
  readonly url: string;
  readonly log: string;
  readonly since: string;
}

/** What `npm run status -- --json` prints. Holds passwords in `env` and in connection strings. */
export interface StackStatus {
  /** Whether a process looks after this stack right now. */
  readonly running: boolean;
  /** Whether every part is up: tests may begin. */
  readonly ready: boolean;
  readonly dataDir: string;
  readonly pid?: number;
  readonly parts: readonly PartStatus[];
  /** The environment for clients of this stack; empty when none was ever started here. */
  readonly env: Readonly<Record<string, string>>;
}

const UP: readonly PartState[] = ['running', 'done', 'external'];

/** The state of a data folder's stack, checked against the processes that live. */
export function readStatus(dataDir: string): StackStatus {
  return statusOf(dataDir, loadState(dataDir), lockHolder(dataDir), isAlive);
}

/** The same from what was read. */
export function statusOf(
  dataDir: string,
  state: StackState | undefined,
  holder: ProcessIdentity | undefined,
  alive: (identity: ProcessIdentity) => boolean,
): StackStatus {
  const parts = Object.entries(state?.parts ?? {}).map(([name, record]) =>
    partStatus(name, record, holder, alive),
  );
  return {
    running: holder !== undefined,
    ready: holder !== undefined && parts.length > 0 && parts.every((part) => UP.includes(part.state)),
    dataDir,
    ...(holder === undefined ? {} : { pid: holder.pid }),
    parts,
    env: state ? stackEnv(state) : {},
  };
}

function partStatus(
  name: string,
  record: PartRecord,
  holder: ProcessIdentity | undefined,
  alive: (identity: ProcessIdentity) => boolean,
): PartStatus {
  const { kind, url, log, since, identity } = record;
  const lives = identity !== undefined && alive(identity);
  const state = !lives && claimsLife(record, holder) ? 'stopped' : record.state;
  return { name, kind, state, ...(lives ? { pid: identity.pid } : {}), url, log, since };
}

/** Whether the record says something that only a living process, its own or the supervisor, makes true. */
function claimsLife(record: PartRecord, holder: ProcessIdentity | undefined): boolean {
  if (record.state === 'running') return true;
  return holder === undefined && (record.state === 'starting' || record.state === 'waiting');
}

/** One line per part, for people; passwords in URLs are left out. */
export function statusLines(status: StackStatus): string[] {
  const head = status.running ? `running (pid ${status.pid})` : 'not running';
  const width = Math.max(0, ...status.parts.map((part) => part.name.length));
  const lines = status.parts.map((part) => {
    const pid = part.pid === undefined ? '' : `pid ${part.pid}`;
    return `  ${part.name.padEnd(width)}  ${part.state.padEnd(8)} ${pid.padEnd(11)} ${withoutPassword(part.url)}`.trimEnd();
  });
  return [`${head}, data in ${status.dataDir}`, ...lines];
}

/** A URL for people to see. */
export function withoutPassword(url: string): string {
  return url.replace(/:\/\/([^:@/]+):[^@/]*@/, '://$1@');
}
