import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot id and start time in clock ticks since boot, from /proc. */
  readonly startedAt: string;
}

/** The identity of a live process, or undefined when there is none with this pid. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return ticks === undefined ? undefined : { pid, startedAt: `${boot}:${ticks}` };
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat (see proc(5)), undefined for a zombie; the command name before it may hold spaces and brackets. */
export function startTicks(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** Whether the very process that was recorded still lives. */
export function isAlive(recorded: ProcessIdentity, lookUp: typeof identify = identify): boolean {
  return lookUp(recorded.pid)?.startedAt === recorded.startedAt;
}
