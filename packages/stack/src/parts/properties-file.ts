import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a Java properties file; none of our values needs escaping but the backslash. */
export function writeProperties(file: string, properties: Readonly<Record<string, string | number>>): void {
  const lines = Object.entries(properties).map(
    ([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\')}`,
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}
