import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import type { Command } from '../part.ts';

/** The system account that PostgreSQL runs as, since it refuses root. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** The account `postgres`, made when missing, or undefined when we are not root and PostgreSQL can run as we are. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (idOf('-u') === undefined) spawnSync('useradd', ['--system', '--user-group', 'postgres']);
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      'PostgreSQL does not run as root and the account "postgres" could not be made: run `useradd --system postgres`',
    );
  }
  return { uid, gid };
}

/** Whether the account may enter every folder on the way, and the last one or run the program. */
export function canPass(user: SystemUser, path: string): boolean {
  return spawnSync('test', ['-x', path], { ...user, cwd: '/' }).status === 0;
}

function idOf(flag: string): number | undefined {
  const answer = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout) : undefined;
}

/**
 * The command as that account. Where a closed folder such as /root lies on the way to the program or to its data,
 * the process is given the right to pass through it.
 */
export function runAs(user: SystemUser | undefined, dataFolder: string, command: Command): Command {
  if (!user) return command;
  if (canPass(user, command.file) && canPass(user, dirname(dataFolder))) return { ...command, ...user };
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const account = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  return { ...command, file: 'setpriv', args: [...account, ...capability, command.file, ...command.args] };
}
