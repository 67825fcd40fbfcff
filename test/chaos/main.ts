/** `npm run chaos`: real processes, real faults, load from both sides, and a judge at the end. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ChaosStack } from './chaos-stack.ts';
import { commandOf, parseOptions } from './options.ts';
import { run } from './run.ts';

const repoRoot = resolve(import.meta.dirname, '..', '..');
const folder = resolve(process.env['SYNC_DATA_DIR'] ?? join(repoRoot, 'build', 'chaos'));

const begin = Date.now();
const say = (line: string): void =>
  console.log(`${((Date.now() - begin) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
const options = parseOptions(process.argv.slice(2), Date.now() % 1_000_000);

process.env['SYNC_REPLICATION_FACTOR'] = String(options.brokers);
process.env['NODE_OPTIONS'] = `--import ${join(import.meta.dirname, 'clock-offset.mjs')}`;
rmSync(folder, { recursive: true, force: true });

const stack = new ChaosStack({
  repoRoot,
  dataDir: join(folder, 'data'),
  shape: {
    brokers: options.brokers,
    connectWorkers: options.workers,
    instances: options.instances,
    doors: true,
  },
  say,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void stack.stop().finally(() => process.exit(130)));

try {
  say(commandOf(options));
  await stack.start();
  process.exitCode = (await run({ stack, options, repoRoot, folder, say })) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
} finally {
  await stack.stop();
}
process.exit();
