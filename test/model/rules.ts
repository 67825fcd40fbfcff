/** Takes each rule of the brain out of the shipping code, and looks for the counter-example that it prevents. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applyPatch, patchesIn } from '../mutants/apply.ts';
import type { ScopeReport } from './scope-worker.ts';

export interface RuleReport {
  /** Name of the patch, such as `B01-registers-are-versioned`. */
  readonly rule: string;
  readonly caught: boolean;
  /** Why it gives no counter-example, for a rule that gives none; the patch says so. */
  readonly explained: string | null;
  readonly violation: string;
  readonly scope: string;
  readonly states: number;
  readonly moves: number;
}

export const RULES_FOLDER = 'test/mutants/rules';
const LIMIT = 150_000;

/** Explores, with each rule taken out, the scope that its patch names. Runs in the root of the checkout. */
export async function checkRules(
  onReport: (report: RuleReport) => void = () => undefined,
): Promise<RuleReport[]> {
  const reports: RuleReport[] = [];
  for (const patch of patchesIn(RULES_FOLDER)) {
    const report = await checkRule(patch);
    reports.push(report);
    onReport(report);
  }
  return reports;
}

async function checkRule(patch: string): Promise<RuleReport> {
  const words = readFileSync(patch, 'utf8');
  const [scope, explained] = [lineOf(words, 'scope'), lineOf(words, 'explained')];
  if (scope === null) throw new Error(`${patch} names no scope: begin it with a line "scope: <name>"`);
  const { root, dispose } = applyPatch(patch);
  try {
    const args = ['--json', '--states', String(LIMIT), '--threads', '1', '--scope', scope];
    const reports = JSON.parse(await run([join(root, 'test/model/run.ts'), ...args])) as ScopeReport[];
    return { rule: basename(patch, '.patch'), explained, scope, ...outcomeOf(reports) };
  } finally {
    dispose();
  }
}

function outcomeOf(
  reports: readonly ScopeReport[],
): Pick<RuleReport, 'caught' | 'violation' | 'states' | 'moves'> {
  const states = reports.reduce((sum, report) => sum + report.states, 0);
  const found = reports.find(({ violation }) => violation !== null);
  return { caught: found !== undefined, violation: found?.violation ?? '', states, moves: found?.moves ?? 0 };
}

/** A patch begins with words; some lines of them are `<name>: <text>`. */
function lineOf(words: string, name: string): string | null {
  return new RegExp(`^${name}: (.+)$`, 'm').exec(words)?.[1] ?? null;
}

/** Standard output of a script; exit code 1 only says that something was found. */
function run(args: readonly string[]): Promise<string> {
  return new Promise((fulfil, reject) => {
    const child = spawn(join('node_modules', '.bin', 'node'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('error', reject);
    child.once('exit', () => fulfil(text));
  });
}

/** One line for each rule. */
export function ruleTable(reports: readonly RuleReport[]): string {
  return reports.map(ruleLine).join('\n');
}

function ruleLine({ rule, caught, explained, violation, states, moves }: RuleReport): string {
  const begin = `${rule.padEnd(44)}${String(states).padStart(8)} states`;
  if (caught) return `${begin}  ${String(moves).padStart(3)} moves  ${violation}`;
  return explained === null ? `${begin}  NOT CAUGHT` : `${begin}  no counter-example: ${explained}`;
}
