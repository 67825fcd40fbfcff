import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that scripts/bootstrap.mjs fills from infra/jvm/pom.xml; SYNC_JVM_DIR overrides it. Throws when it is not there. */
export function jvmDirOf(repoRoot: string): string {
  const pom = readFileSync(join(repoRoot, 'infra', 'jvm', 'pom.xml'));
  const hash = createHash('sha256').update(pom).digest('hex').slice(0, 12);
  const folder = process.env['SYNC_JVM_DIR'] ?? join(repoRoot, '.jvm', hash);
  if (existsSync(folder)) return folder;
  throw new Error(
    `${folder} is missing: the JVM parts were not fetched; \`npm start\` and \`npm test\` do that first`,
  );
}
