import { join } from 'node:path';
import type { Part } from './part.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { saveState, type PartRecord, type PartState, type StackState } from './state.ts';

/** Where a part of this stack writes its log. */
export function logOf(dataDir: string, part: string): string {
  return join(dataDir, 'logs', `${part}.log`);
}

/** The state file of a running stack: every change of a part is on disk before anything follows from it. */
export class PartRecords {
  private current: StackState;
  private readonly now: () => Date;

  constructor(state: StackState, now: () => Date) {
    this.current = state;
    this.now = now;
  }

  get state(): StackState {
    return this.current;
  }

  set(part: Part, state: PartState, identity?: ProcessIdentity): void {
    const record: PartRecord = {
      kind: part.kind,
      state,
      url: part.url,
      log: logOf(this.current.dataDir, part.name),
      since: this.now().toISOString(),
      ...(identity === undefined ? {} : { identity }),
    };
    this.current = { ...this.current, parts: { ...this.current.parts, [part.name]: record } };
    saveState(this.current);
  }

  /** The process that was recorded for a part, if it was not recorded as ended. */
  identityOf(name: string): ProcessIdentity | undefined {
    return this.current.parts[name]?.identity;
  }

  endSupervision(): void {
    const { supervisor, ...rest } = this.current;
    if (supervisor === undefined) return;
    this.current = rest;
    saveState(this.current);
  }
}
