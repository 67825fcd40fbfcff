import { readOptions } from './options.ts';

const noFile = (): string => {
  throw new Error('no such file');
};
const SEED = {
  tenants: [
    {
      id: 't',
      clientId: 'c',
      clientSecret: 's',
      sites: [{ host: 'h.example', path: '/sites/a', name: 'A' }],
    },
  ],
};

test('a full environment is read', () => {
  const env = {
    SIM_DATA_DIR: '/tmp/x',
    SIM_HTTP_PORT: '8080',
    SIM_LATENCY_MS: '150',
    SIM_SEED: JSON.stringify(SEED),
  };
  expect(readOptions(env, noFile)).toEqual({
    dataDir: '/tmp/x',
    httpPort: 8080,
    httpsPort: 0,
    knobs: { latencyMs: 150, notifyDelayMs: 1_000 },
    seed: SEED,
  });
});

test('the seed can be a file', () => {
  const env = { SIM_DATA_DIR: '/tmp/x', SIM_SEED_FILE: 'seed.json' };
  expect(readOptions(env, () => JSON.stringify(SEED))).toMatchObject({ seed: SEED });
});

test('every mistake is named at once', () => {
  const bad = { tenants: [{ id: '', clientId: 'c', sites: [{ host: 'h', path: 'sites', name: 'n' }] }] };
  expect(readOptions({ SIM_HTTP_PORT: 'eighty', SIM_SEED: JSON.stringify(bad) }, noFile)).toEqual([
    'SIM_DATA_DIR is required: the folder the simulator keeps its state in',
    "SIM_HTTP_PORT must be a whole number, not 'eighty'",
    'seed.tenants[0].id must be a non-empty string',
    'seed.tenants[0].clientSecret must be a non-empty string',
    'seed.tenants[0].sites[0].path must begin with /',
  ]);
});

test('a seed that is not JSON or not there is a mistake', () => {
  const dir = { SIM_DATA_DIR: '/tmp/x' };
  expect(readOptions({ ...dir, SIM_SEED: '{' }, noFile)).toEqual([
    expect.stringMatching(/^SIM_SEED cannot be read/),
  ]);
  expect(readOptions({ ...dir, SIM_SEED_FILE: 'gone' }, noFile)).toEqual([
    expect.stringMatching(/^SIM_SEED_FILE gone cannot be read as JSON: no such file/),
  ]);
});
