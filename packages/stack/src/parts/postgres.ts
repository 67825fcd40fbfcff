import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackEnv } from '../environment.ts';
import type { Part, RunCommand } from '../part.ts';
import { type PlanContext, portOf } from './context.ts';
import { postgresProgram } from './postgres-programs.ts';
import { postgresUser, runAs } from './postgres-user.ts';
import { ensureDatabases } from './postgres-databases.ts';

/** PostgreSQL 16, as Twenty runs it, with logical decoding on, and the databases in it. */
export function postgresParts(context: PlanContext): Part[] {
  const url = stackEnv(context.state)['SYNC_PG_URL'] ?? '';
  const data = join(context.state.dataDir, 'postgres');
  const args = [
    '-D',
    data,
    '-p',
    String(portOf(context, 'postgres')),
    ...SETTINGS.flatMap((setting) => ['-c', setting]),
  ];
  return [
    {
      kind: 'process',
      name: 'postgres',
      needs: [],
      url,
      configuredFrom: 'SYNC_PG_URL',
      prepare: (run) => initialise(run, context, data),
      command: () =>
        runAs(postgresUser(), data, { file: postgresProgram(context.repoRoot, 'postgres'), args }),
      ready: { kind: 'postgres', url: url.replace(/\/twenty$/, '/postgres') },
      startLimitMs: 60_000,
      // "Fast" shutdown: ends sessions, writes a checkpoint. SIGTERM would wait for every client to leave.
      stopSignal: 'SIGINT',
      stopLimitMs: 20_000,
    },
    {
      kind: 'step',
      name: 'databases',
      needs: ['postgres'],
      url: '',
      configuredFrom: 'SYNC_PG_URL',
      run: () => ensureDatabases(url, context.state.secrets.registry),
    },
  ];
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'wal_level=logical',
  'max_wal_senders=10',
  'max_replication_slots=10',
  'max_connections=200',
];

async function initialise(run: RunCommand, context: PlanContext, data: string): Promise<void> {
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const user = postgresUser();
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const passwordFile = join(data, '..', 'postgres.password');
  writeFileSync(passwordFile, context.state.secrets.postgres, { mode: 0o600 });
  if (user) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await run(
      runAs(user, data, {
        file: postgresProgram(context.repoRoot, 'initdb'),
        args: initdbArgs(data, passwordFile),
      }),
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function initdbArgs(data: string, passwordFile: string): string[] {
  const login = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  return [`--pgdata=${data}`, ...login, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
}
