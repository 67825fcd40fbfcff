import { readFileSync } from 'node:fs';
import { readStatus } from '@sync/stack';

/** Prints the memory of every process of the stack, in MiB; PSS counts shared pages once. */
export function measureMemory(dataDir: string): void {
  const rows = readStatus(dataDir).parts.flatMap(({ name, pid }) =>
    pid === undefined ? [] : [{ name, ...memoryOf(pid) }],
  );
  for (const { name, rss, pss } of rows)
    console.log(`${name.padEnd(20)} rss ${rss.toFixed(0).padStart(5)}   pss ${pss.toFixed(0).padStart(5)}`);
  const sum = (of: (row: (typeof rows)[number]) => number): string =>
    rows.reduce((total, row) => total + of(row), 0).toFixed(0);
  console.log(
    `${'all'.padEnd(20)} rss ${sum((row) => row.rss).padStart(5)}   pss ${sum((row) => row.pss).padStart(5)}`,
  );
}

function memoryOf(pid: number): { rss: number; pss: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? '0');
  return { rss: kib('Rss') / 1024, pss: kib('Pss') / 1024 };
}
