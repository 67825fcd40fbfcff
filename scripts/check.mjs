// `npm run check`: everything that needs no running part. Under a minute.
import { runAll } from './run-all.mjs';

await runAll([
  ['lint', 'eslint', ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['unit and wiring tests', 'jest', ['--selectProjects=unit']],
]);
