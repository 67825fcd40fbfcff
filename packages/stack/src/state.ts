import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from './ports.ts';
import type { ProcessIdentity } from './process-identity.ts';
import type { Secrets } from './secrets.ts';
import type { Shape } from './shape.ts';

export type PartState = 'waiting' | 'starting' | 'running' | 'done' | 'external' | 'stopped' | 'failed';

/** What is known of one part; `identity` while its process may live. */
export interface PartRecord {
  readonly kind: 'process' | 'step';
  readonly state: PartState;
  readonly url: string;
  readonly log: string;
  /** When it entered this state, ISO time. */
  readonly since: string;
  readonly identity?: ProcessIdentity;
}

/** Everything a stack keeps between starts, and what its status is read from. */
export interface StackState {
  readonly version: 1;
  readonly dataDir: string;
  readonly ports: Ports;
  /** One of everything when absent. */
  readonly shape?: Shape;
  readonly secrets: Secrets;
  /** The SYNC_ variables that came from outside, by name. */
  readonly external: Readonly<Record<string, string>>;
  readonly supervisor?: ProcessIdentity;
  readonly parts: Readonly<Record<string, PartRecord>>;
}

const fileOf = (dataDir: string) => join(dataDir, 'state.json');

/** The state kept in a data folder, or undefined when no stack was ever started there. */
export function loadState(dataDir: string): StackState | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as StackState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${fileOf(dataDir)} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** Replaces the state in one step; readable by its owner only, since it holds passwords. */
export function saveState(state: StackState): void {
  mkdirSync(state.dataDir, { recursive: true });
  const temporary = `${fileOf(state.dataDir)}.new`;
  writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, fileOf(state.dataDir));
}
