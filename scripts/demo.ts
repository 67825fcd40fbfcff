/** `npm run demo -- <verb>`: the verbs of the Twenty-shaped demo database, against the running stack. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readStatus } from '@sync/stack';

const root = join(import.meta.dirname, '..');
const { env } = readStatus(process.env['SYNC_DATA_DIR'] ?? join(root, '.data'));
if (env['SYNC_PG_URL'] === undefined) {
  console.error('there is no stack yet: npm start');
  process.exit(1);
}
const main = join(root, 'packages/twenty-demo/src/main.ts');
const { status } = spawnSync(process.execPath, [main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...env },
});
process.exitCode = status ?? 1;
