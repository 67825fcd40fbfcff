import { KNOBS } from './knobs.ts';
import type { Knobs } from './knobs.ts';
import { parseSeed } from './seed.ts';
import type { Seed } from './seed.ts';

export interface SimulatorOptions {
  readonly dataDir: string;
  /** 0 picks a free port. */
  readonly httpPort?: number;
  readonly httpsPort?: number;
  readonly seed?: Seed;
  readonly knobs?: Partial<Knobs>;
  /** Folder of the user page; without it `/` is not served. */
  readonly pageDir?: string;
  readonly now?: () => number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Options from the environment, or every mistake in it. `readText` reads the seed file. */
export function readOptions(
  env: Env,
  readText: (path: string) => string,
): SimulatorOptions | readonly string[] {
  const mistakes: string[] = [];
  const whole = (name: string, fallback: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0) mistakes.push(`${name} must be a whole number, not '${text}'`);
    return value;
  };
  const dataDir = env['SIM_DATA_DIR'] ?? '';
  if (dataDir === '') mistakes.push('SIM_DATA_DIR is required: the folder the simulator keeps its state in');
  const options = {
    dataDir,
    httpPort: whole('SIM_HTTP_PORT', 0),
    httpsPort: whole('SIM_HTTPS_PORT', 0),
    knobs: {
      latencyMs: whole('SIM_LATENCY_MS', KNOBS.latencyMs.fallback),
      notifyDelayMs: whole('SIM_NOTIFY_DELAY_MS', KNOBS.notifyDelayMs.fallback),
    },
    seed: readSeed(env, readText, mistakes),
  };
  return mistakes.length > 0 ? mistakes : options;
}

function readSeed(env: Env, readText: (path: string) => string, mistakes: string[]): Seed {
  const nothing: Seed = { tenants: [] };
  const [inline, file] = [env['SIM_SEED'], env['SIM_SEED_FILE']];
  try {
    const text = inline ?? (file === undefined ? undefined : readText(file));
    if (text === undefined || text === '') return nothing;
    const seed = parseSeed(JSON.parse(text));
    if ('tenants' in seed) return seed;
    mistakes.push(...seed);
  } catch (error) {
    const where = inline === undefined ? `SIM_SEED_FILE ${file}` : 'SIM_SEED';
    mistakes.push(`${where} cannot be read as JSON: ${error instanceof Error ? error.message : 'unknown'}`);
  }
  return nothing;
}
