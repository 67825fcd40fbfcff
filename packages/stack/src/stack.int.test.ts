import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  AlreadyRunning,
  type Progress,
  readStatus,
  requestRestart,
  type Stack,
  startStack,
} from './index.ts';
import { jvmDirOf } from './jvm-folder.ts';
import { identify } from './process-identity.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stack-'));
const options = { repoRoot: process.cwd(), dataDir, only: ['databases', 'kafka'], outer: {} };
let stack: Stack | undefined;

afterAll(async () => {
  await stack?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('starts, keeps its data over a restart, and leaves no process', async () => {
  stack = await startStack(options);
  const first = stack.env;
  await query(first['SYNC_PG_URL'], 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect(createTopic(first['SYNC_KAFKA_BROKERS'])).toBe(true);
  await expect(startStack(options)).rejects.toThrow(AlreadyRunning);
  const pids = readStatus(dataDir).parts.flatMap((part) => part.pid ?? []);
  expect(pids).toHaveLength(2);
  expect(readStatus(dataDir)).toMatchObject({ running: true, ready: true });
  await stack.stop();
  expect(pids.filter((pid) => identify(pid))).toEqual([]);
  expect(readStatus(dataDir)).toMatchObject({ running: false, ready: false });

  stack = await startStack(options);
  expect(stack.env).toEqual(first);
  expect(await query(stack.env['SYNC_PG_URL'], 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  expect(await query(stack.env['SYNC_PG_URL'], 'SHOW wal_level')).toEqual([{ wal_level: 'logical' }]);
  expect(createTopic(stack.env['SYNC_KAFKA_BROKERS'])).toBe(false);
  await stack.stop();
}, 60_000);

test('a part that dies is reported with its log; a start that is cut off leaves nothing', async () => {
  stack = await startStack({ ...options, only: ['databases'] });
  const pid = readStatus(dataDir).parts.find((part) => part.name === 'postgres')?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  const failure = await stack.died;
  expect(failure.message).toContain('postgres was ended by SIGKILL');
  expect(failure.message).toContain(join(dataDir, 'logs', 'postgres.log'));
  await stack.stop();

  const cut = new AbortController();
  const pids: number[] = [];
  const onProgress = (progress: Progress) => {
    if (progress.kind !== 'part' || progress.event !== 'ready') return;
    pids.push(...readStatus(dataDir).parts.flatMap((part) => part.pid ?? []));
    cut.abort(new Error('enough'));
  };
  await expect(startStack({ ...options, signal: cut.signal, onProgress })).rejects.toThrow('enough');
  expect(pids).toHaveLength(2);
  expect(pids.filter((pid) => identify(pid))).toEqual([]);
}, 60_000);

test('a part is killed and started again on request, and that is no death', async () => {
  stack = await startStack({ ...options, only: ['databases'] });
  const pidOf = () => readStatus(dataDir).parts.find((part) => part.name === 'postgres')?.pid;
  const before = pidOf();
  const died = jest.fn();
  void stack.died.then(died);
  await requestRestart(dataDir, { part: 'postgres', kill: true });
  expect(pidOf()).not.toBe(before);
  expect(await query(stack.env['SYNC_PG_URL'], 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(died).not.toHaveBeenCalled();
  await expect(requestRestart(dataDir, { part: 'tea', kill: true })).rejects.toThrow('no part "tea"');
  await stack.stop();
}, 60_000);

async function query(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Whether the topic was made; false when it is there already. */
function createTopic(brokers = ''): boolean {
  const tool = ['-cp', join(jvmDirOf(process.cwd()), 'libs', '*'), 'org.apache.kafka.tools.TopicCommand'];
  const made = spawnSync('java', [...tool, '--bootstrap-server', brokers, '--create', '--topic', 'kept'], {
    encoding: 'utf8',
  });
  if (made.status !== 0 && !made.stdout.includes('already exists'))
    throw new Error(made.stdout + made.stderr);
  return made.status === 0;
}
