import { ensureCapture } from './capture/ensure-capture.ts';
import type { CaptureItem } from './capture/capture-report.ts';

const VARIABLES = {
  adminUrl: 'SYNC_PG_URL',
  replicationUrl: 'SYNC_PG_REPLICATION_URL',
  readerUrl: 'SYNC_PG_READER_URL',
  writerUrl: 'SYNC_PG_WRITER_URL',
} as const;

const USAGE = `usage: cdc-main.ts ensure [--json]
  Sets up change capture on Twenty's database; safe to run again at any time, also on a timer.
  Needs ${Object.values(VARIABLES).join(', ')}; SYNC_PG_PUBLICATION and SYNC_PG_SLOT are optional.`;

function optional(key: 'publication' | 'slot', value: string | undefined): Record<string, string> {
  return value ? { [key]: value } : {};
}

async function ensure(env: NodeJS.ProcessEnv): Promise<readonly CaptureItem[]> {
  const missing = Object.values(VARIABLES).filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}\n${USAGE}`);
  return ensureCapture({
    adminUrl: env[VARIABLES.adminUrl] ?? '',
    replicationUrl: env[VARIABLES.replicationUrl] ?? '',
    readerUrl: env[VARIABLES.readerUrl] ?? '',
    writerUrl: env[VARIABLES.writerUrl] ?? '',
    ...optional('publication', env['SYNC_PG_PUBLICATION']),
    ...optional('slot', env['SYNC_PG_SLOT']),
  });
}

function print(items: readonly CaptureItem[]): void {
  const told = items.filter(({ state }) => state !== 'ok');
  for (const { item, state, detail } of told) {
    process.stdout.write(`${state.padEnd(8)} ${item}${detail ? `: ${detail}` : ''}\n`);
  }
  process.stdout.write(`${items.length - told.length} of ${items.length} items were as they should be\n`);
}

if (process.argv[2] !== 'ensure') {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
try {
  const items = await ensure(process.env);
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(items)}\n`);
  else print(items);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
