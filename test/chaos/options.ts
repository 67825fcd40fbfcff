/** The command line of `npm run chaos`. */
import { parseArgs } from 'node:util';

export interface ChaosOptions {
  readonly faults: number;
  readonly minutes: number;
  readonly seed: number;
  readonly writesPerSecond: number;
  /** Only these kinds of faults; all when empty. */
  readonly kinds: readonly string[];
  readonly brokers: number;
  readonly instances: number;
  readonly workers: number;
  /** Writing goes on after the last fault until so many are acknowledged, for a while; the run fails when fewer are. */
  readonly writes: number;
}

/** Reads the arguments; throws on one that is no number. `newSeed` is taken when none is given. */
export function parseOptions(args: readonly string[], newSeed: number): ChaosOptions {
  const text = { type: 'string' } as const;
  const names = [
    'faults',
    'minutes',
    'seed',
    'rate',
    'kinds',
    'brokers',
    'instances',
    'workers',
    'writes',
  ] as const;
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, text])),
  });
  const number = (name: (typeof names)[number], fallback: number): number => {
    const given = values[name];
    if (given === undefined) return fallback;
    const value = Number(given);
    if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} must be a number, not ${given}`);
    return value;
  };
  return {
    faults: number('faults', 40),
    minutes: number('minutes', 5),
    seed: number('seed', newSeed),
    writesPerSecond: number('rate', 70),
    kinds: (values['kinds'] ?? '').split(',').filter(Boolean),
    brokers: number('brokers', 3),
    instances: number('instances', 2),
    workers: number('workers', 2),
    writes: number('writes', 0),
  };
}

/** The command that repeats a run. */
export function commandOf(options: ChaosOptions): string {
  const { faults, minutes, seed, writesPerSecond, kinds, brokers, instances, workers, writes } = options;
  const chosen = kinds.length > 0 ? ` --kinds '${kinds.join(',')}'` : '';
  const shape = `--brokers ${brokers} --instances ${instances} --workers ${workers}${writes > 0 ? ` --writes ${writes}` : ''}`;
  return `npm run chaos -- --faults ${faults} --minutes ${minutes} --seed ${seed} --rate ${writesPerSecond} ${shape}${chosen}`;
}
