import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** Thrown when another live process runs a stack on the same data folder. */
export class AlreadyRunning extends Error {
  constructor(dataDir: string, pid: number) {
    super(
      `a stack is running already on ${dataDir} (pid ${pid}); stop it first, or set SYNC_DATA_DIR to another folder`,
    );
    this.name = 'AlreadyRunning';
  }
}

/** Makes this process the only one to run a stack on the folder; returns what gives it up. Throws `AlreadyRunning`. */
export function lockFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, 'lock');
  const holder = lockHolder(dataDir);
  if (holder) throw new AlreadyRunning(dataDir, holder.pid);
  rmSync(lock, { force: true });
  const own = join(dataDir, `lock.${process.pid}`);
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    // A link, unlike a write, fails when another start was faster.
    linkSync(own, lock);
  } catch {
    throw new AlreadyRunning(dataDir, lockHolder(dataDir)?.pid ?? 0);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

/** The live process that runs a stack on this folder, if any. */
export function lockHolder(dataDir: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as ProcessIdentity;
    return isAlive(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}
