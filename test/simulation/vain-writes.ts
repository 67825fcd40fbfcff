/** Counts how often the very same write is asked for after it was answered that its side has moved: a refusal teaches. */
import type { SharePointWrite, TwentyWrite, WriteResult } from '@sync/core';

/** Whoever takes over a partition sends again what is out: where answers are read late, a handful of times. */
const MOST = 10;

export interface VainWrites {
  /** A command was sent. */
  command(command: SharePointWrite | TwentyWrite): void;
  /** A command was answered. */
  answer(result: WriteResult): void;
  /** Violations so far. */
  violations(): string[];
}

export function createVainWrites(): VainWrites {
  /** The newest form of each command; that for Twenty is another one when it has seen another row. */
  const newest = new Map<string, string>();
  const met = new Set<string>();
  const again = new Map<string, number>();
  return {
    command: (command) => {
      const identity = identityOf(command);
      newest.set(command.commandId, identity);
      if (met.delete(identity)) again.set(identity, (again.get(identity) ?? 0) + 1);
    },
    answer: ({ commandId, kind }) => {
      const identity = newest.get(commandId);
      if (kind === 'stale' && identity !== undefined) met.add(identity);
    },
    violations: () =>
      [...again]
        .filter(([, count]) => count > MOST)
        .map(([identity, count]) => `no-vain-write: ${identity} was asked for ${count} times more`),
  };
}

function identityOf(command: SharePointWrite | TwentyWrite): string {
  return 'expected' in command
    ? `${command.commandId} ${JSON.stringify([command.expected, command.diedAt])}`
    : command.commandId;
}
