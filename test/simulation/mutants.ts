/** The planted bugs: each patch is put on a copy of the sources, and the copy's own simulation has to notice. */
import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { applyPatch, patchesIn, staleness } from '../mutants/apply.ts';
import { kindOf } from './shrink.ts';

const FOLDER = join('test', 'mutants', 'bugs');
const run = promisify(execFile);

export interface Caught {
  readonly name: string;
  /** The invariant that broke first; null when nothing did. */
  readonly by: string | null;
  readonly seed: number | null;
  /** Seeds that were run. */
  readonly runs: number;
}

/** What a simulation says with `--json`. */
interface Told {
  readonly runs: number;
  readonly failed: readonly { readonly seed: number; readonly violations: readonly string[] }[];
  /** Seeds of runs that never ended. */
  readonly stuck: readonly number[];
}

export interface MutantOptions {
  /** Only patches whose name matches this expression. */
  readonly only: string;
  readonly threads: number;
  /** Seeds at most for each. */
  readonly seeds: number;
}

/** Patches of planted bugs, as paths. */
export function plantedBugs(only = ''): string[] {
  return patchesIn(FOLDER).filter((patch) => new RegExp(only).test(basename(patch)));
}

/** Runs the simulation of a copy that has the bug, until a seed fails. */
export async function hunt(patch: string, options: Omit<MutantOptions, 'only'>): Promise<Caught> {
  const patched = applyPatch(patch);
  const name = basename(patch, '.patch');
  const flags = ['--json', '--seeds', String(options.seeds), '--threads', String(options.threads)];
  try {
    const main = join(patched.root, 'test', 'simulation', 'main.ts');
    const { stdout } = await run(process.execPath, [main, ...flags], { maxBuffer: 64 * 1024 * 1024 });
    const { runs, failed, stuck } = JSON.parse(stdout) as Told;
    const [first] = failed;
    if (first === undefined)
      return { name, by: stuck.length === 0 ? null : 'never ends', seed: stuck[0] ?? null, runs };
    return { name, by: kindOf(first.violations[0] ?? ''), seed: first.seed, runs };
  } finally {
    patched.dispose();
  }
}

/** Hunts every planted bug and prints the table; one that is not caught makes the exit code 1. */
export async function printMutants(options: MutantOptions, print: (line: string) => void): Promise<void> {
  const rows: Caught[] = [];
  for (const patch of plantedBugs(options.only)) {
    const stale = staleness(patch);
    if (stale !== null) print(stale);
    const caught =
      stale === null ? await hunt(patch, options) : { name: basename(patch), by: null, seed: null, runs: 0 };
    rows.push(caught);
    print(`${caught.name.padEnd(44)} ${(caught.by ?? 'NOT CAUGHT').padEnd(26)} ${caught.runs} seeds`);
  }
  const missed = rows.filter(({ by }) => by === null);
  print(`${rows.length - missed.length} of ${rows.length} planted bugs caught`);
  if (missed.length > 0) process.exitCode = 1;
}
