/** `npm run check:model`: explores every scope and prints what it saw; exit code 1 on a violation. See README.md. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './check.ts';
import { checkRules, ruleTable } from './rules.ts';
import type { ScopeReport } from './scope-worker.ts';
import { SCOPES } from './scopes.ts';

const { values } = parseArgs({
  options: {
    /** States in all. */
    states: { type: 'string', default: '1200000' },
    threads: { type: 'string', default: '2' },
    /** Only scopes whose name has this in it. */
    scope: { type: 'string', default: '' },
    /** Takes each rule out of the shipping code instead. */
    rules: { type: 'boolean', default: false },
    /** Prints reports for a program to read. */
    json: { type: 'boolean', default: false },
  },
});

process.exitCode = values.rules ? await runRules() : await runScopes();

async function runScopes(): Promise<number> {
  const begin = performance.now();
  const scopes = SCOPES.flatMap((scope, place) => (scope.name.includes(values.scope) ? [place] : []));
  const worker = join(import.meta.dirname, 'scope-worker.ts');
  const given = { scopes, states: Number(values.states), threads: Number(values.threads), worker };
  if (!values.json) console.log(line('scope', 'states', 'at rest', 'complete', 'seconds'));
  const reports = await check({ ...given, onReport: values.json ? () => undefined : print });
  const total = reports.reduce((sum, { states }) => sum + states, 0);
  if (values.json) console.log(JSON.stringify(reports));
  else console.log(line('total', total, '', '', ((performance.now() - begin) / 1000).toFixed(1)));
  return reports.some(({ violation }) => violation !== null) || reports.length < scopes.length ? 1 : 0;
}

function print({ name, states, rests, complete, seconds, violation, story }: ScopeReport): void {
  console.log(line(name, states, rests, complete ? 'yes' : '', seconds.toFixed(1)));
  if (violation !== null) console.log(`\nVIOLATION: ${story}\n`);
}

function line(
  name: string,
  states: string | number,
  rests: string | number,
  complete: string,
  seconds: string,
): string {
  return `${name.padEnd(48)}${String(states).padStart(10)}${String(rests).padStart(9)}${complete.padStart(10)}${seconds.padStart(9)}`;
}

async function runRules(): Promise<number> {
  const found = await checkRules((rule) => console.log(ruleTable([rule])));
  return found.every(({ caught, explained }) => caught !== (explained !== null)) ? 0 : 1;
}
