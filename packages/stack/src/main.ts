// The command line of the stack: start | status [--json] | restart <part> [--kill] | reset. SYNC_DATA_DIR chooses the data folder.
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requestRestart } from './control.ts';
import { lockHolder } from './folder-lock.ts';
import { leftOver } from './stale.ts';
import { runStart } from './start-command.ts';
import { loadState } from './state.ts';
import { watchChanges } from './view/watch-changes.ts';
import { readStatus, statusLines } from './status.ts';

const repoRoot = resolve(import.meta.dirname, '..', '..', '..');
const settings = join(repoRoot, '.env');
if (existsSync(settings)) process.loadEnvFile(settings);
const dataDir = resolve(process.env['SYNC_DATA_DIR'] ?? join(repoRoot, '.data'));
const [command, ...args] = process.argv.slice(2);

process.exitCode = await run();

async function run(): Promise<number> {
  if (command === 'start') return start();
  if (command === 'status') return status();
  if (command === 'restart') return restart();
  if (command === 'reset') return reset();
  console.error('usage: main.ts start [part …] | status [--json] | restart <part> [--kill] | reset');
  return 1;
}

async function start(): Promise<number> {
  const only = args.filter((arg) => !arg.startsWith('-'));
  // Nothing that is left open may keep the launcher alive once all parts are stopped.
  process.exit(
    await runStart(
      { repoRoot, dataDir, ...(only.length > 0 ? { only } : {}) },
      only.length > 0 ? watchNothing : watchChanges,
    ),
  );
}

async function restart(): Promise<number> {
  const part = args.find((arg) => !arg.startsWith('-')) ?? '';
  try {
    await requestRestart(dataDir, { part, kill: args.includes('--kill') });
    console.log(`${part} runs again`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

function status(): number {
  const found = readStatus(dataDir);
  console.log(args.includes('--json') ? JSON.stringify(found, null, 2) : statusLines(found).join('\n'));
  return 0;
}

function reset(): number {
  const holder = lockHolder(dataDir);
  const alive = leftOver(loadState(dataDir));
  if (holder || alive.length > 0) {
    const who = holder
      ? `pid ${holder.pid}`
      : alive.map(({ name, identity }) => `${name} (pid ${identity.pid})`).join(', ');
    console.error(`${dataDir} is in use by ${who}: stop the stack first`);
    return 1;
  }
  rmSync(dataDir, { recursive: true, force: true });
  console.log(`wiped ${dataDir}`);
  return 0;
}

/** A part of the stack may lack Kafka. */
function watchNothing(): Promise<() => Promise<void>> {
  return Promise.resolve(() => Promise.resolve());
}
