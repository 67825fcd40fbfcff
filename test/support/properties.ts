/**
 * Properties draw the same values in every run, so that one commit has one verdict, and ten times as many as the library's default.
 * `PROPERTY_SEED=<n> PROPERTY_RUNS=<n> npm run test:unit` hunts elsewhere; a failure prints both.
 */
import fc from 'fast-check';

fc.configureGlobal({
  seed: Number(process.env['PROPERTY_SEED'] ?? 1),
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000),
});
