export { startSimulator } from './start.ts';
export type { RunningSimulator } from './start.ts';
export { readOptions } from './options.ts';
export type { SimulatorOptions } from './options.ts';
export type { Seed, SeedSite, SeedTenant } from './seed.ts';
export { KNOBS } from './knobs.ts';
export type { Knobs } from './knobs.ts';
