import { CAPTURE_VARIABLES, captureOptions } from './capture/capture-environment.ts';
import { ensureCapture } from './capture/ensure-capture.ts';
import type { CaptureItem } from './capture/capture-report.ts';

const USAGE = `usage: cdc-main.ts ensure [--json]
  Sets up change capture on Twenty's database; safe to run again at any time, also on a timer.
  Needs ${CAPTURE_VARIABLES.join(', ')}; SYNC_PG_PUBLICATION and SYNC_PG_SLOT are optional.`;

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
  const items = await ensureCapture(captureOptions(process.env));
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(items)}\n`);
  else print(items);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
