/** `npm run simulate`: many seeds, or one; a failure is shrunk and told with the command that repeats it. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printMutants } from './mutants.ts';
import { runSeeds } from './pool.ts';
import { makeScenario } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import type { Run } from './simulate.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    threads: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    failures: { type: 'string', default: '1' },
  },
});

/** What many runs came to. */
interface Totals {
  runs: number;
  failed: number;
  events: number;
  operations: number;
  faults: Map<string, number>;
  commands: number;
  conflicts: number;
}

function add(totals: Totals, run: Run): void {
  totals.runs++;
  totals.failed += run.violations.length > 0 ? 1 : 0;
  totals.events += run.events;
  totals.operations += run.operations;
  totals.commands += run.commands;
  totals.conflicts += run.conflicts;
  for (const [kind, count] of Object.entries(run.faults))
    totals.faults.set(kind, (totals.faults.get(kind) ?? 0) + count);
}

async function one(seed: number): Promise<void> {
  const scenario = makeScenario(seed);
  const run = await simulate(scenario, flags.verbose ? print : null);
  print(
    `seed ${seed}: ${run.operations} operations, ${run.commands} commands, ${run.conflicts} conflicts, hash ${run.hash}`,
  );
  if (run.violations.length > 0) await explain(scenario, run);
}

async function many(): Promise<void> {
  const totals: Totals = {
    runs: 0,
    failed: 0,
    events: 0,
    operations: 0,
    faults: new Map(),
    commands: 0,
    conflicts: 0,
  };
  const failed: Run[] = [];
  const stuck: number[] = [];
  const started = performance.now();
  const [from, count, threads] = [Number(flags.from), Number(flags.seeds), Number(flags.threads)];
  const onRun = (run: Run): boolean => {
    add(totals, run);
    if (run.violations.length > 0) {
      failed.push(run);
      if (!flags.json) print(`seed ${run.seed}: ${run.violations[0]}`);
    }
    if (flags.verbose || (totals.runs % 500 === 0 && !flags.json))
      print(`${totals.runs} seeds, ${totals.failed} failed`);
    return failed.length >= Number(flags.failures);
  };
  const onStuck = (seed: number): void => void stuck.push(seed);
  await runSeeds({ from, count, threads, worker: join(HERE, 'worker.ts'), onRun, onStuck });
  const seconds = (performance.now() - started) / 1000;
  if (flags.json) return print(JSON.stringify({ runs: totals.runs, failed: failed.map(brief), stuck }));
  for (const seed of stuck) failWith(`seed ${seed} never ends: it goes round without virtual time passing`);
  const [first] = failed.sort((a, b) => a.seed - b.seed);
  if (first !== undefined) await explain(makeScenario(first.seed), first);
  summary(totals, seconds);
}

function failWith(message: string): void {
  process.exitCode = 1;
  print(message);
}

function brief(run: Run): object {
  return { seed: run.seed, violations: run.violations };
}

function summary(totals: Totals, seconds: number): void {
  const faults = [...totals.faults].sort(([, a], [, b]) => b - a);
  const all = faults.reduce((sum, [, count]) => sum + count, 0);
  print(`faults: ${faults.map(([kind, count]) => `${kind} ${grouped(count)}`).join(', ')}`);
  print(
    `${grouped(totals.commands)} commands, ${grouped(totals.conflicts)} conflicts, ${grouped(totals.events)} events`,
  );
  print(
    `${grouped(totals.runs)} seeds, ${grouped(totals.operations)} operations, ${grouped(all)} faults, ${totals.failed} failed, ${seconds.toFixed(0)} s`,
  );
}

/** 12345 → `12,345`. */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** The shortest history that breaks the same invariant, and how to see it again. */
async function explain(scenario: Scenario, run: Run): Promise<void> {
  process.exitCode = 1;
  print(`\nFAILED: npm run simulate -- --seed ${scenario.seed} --verbose`);
  for (const violation of run.violations.slice(0, 10)) print(`  ${violation}`);
  const small = await shrink(scenario, run.violations[0] ?? '');
  print(
    `\nShrunk to ${small.steps.length} of ${scenario.steps.length} steps (noise ${small.noise}, ${small.strategy}):`,
  );
  const told = await simulate(small, print);
  for (const violation of told.violations.slice(0, 10)) print(`  ${violation}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (flags.mutants)
  await printMutants(
    { only: flags.only ?? '', threads: Number(flags.threads), seeds: Number(flags.seeds) },
    print,
  );
else if (flags.seed !== undefined) await one(Number(flags.seed));
else await many();
