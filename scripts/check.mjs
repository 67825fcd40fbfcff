// `npm run check`: everything that needs no running part, the quickest first. Under a minute.
import { runAll } from './run-all.mjs';

await runAll([
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['lint', 'eslint', ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/']],
  ['unit and wiring tests', 'jest', ['--selectProjects', 'unit']],
]);
