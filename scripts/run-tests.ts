/**
 * Runs the test projects one after the other: what needs nothing, then a real stack is started, then what needs real parts.
 * Ends with the true counts alone on a line. `node scripts/run-tests.ts int e2e -- pattern` runs only some.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startStack } from '@sync/stack';
import type { Stack } from '@sync/stack';
import { prepareWorkspaces } from '../test/support/busy-workspaces.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILD = join(ROOT, 'build');
const STACK_DIR = join(BUILD, 'test-stack');

interface Project {
  readonly name: string;
  readonly needsStack: boolean;
  readonly args: readonly string[];
}

const PROJECTS: readonly Project[] = [
  { name: 'unit', needsStack: false, args: [] },
  // Tests on one broker and one database: side by side they would only wait for each other.
  { name: 'int', needsStack: true, args: ['--runInBand', '--forceExit'] },
  { name: 'e2e', needsStack: true, args: ['--runInBand', '--forceExit'] },
];

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const split = process.argv.indexOf('--');
const wanted = process.argv.slice(2, split === -1 ? undefined : split);
const patterns = split === -1 ? [] : ['--testPathPatterns', ...process.argv.slice(split + 1)];

const counts: Count[] = [];
let stack: Stack | undefined;
// Whoever ends the run ends its stack with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void (stack?.stop() ?? Promise.resolve()).finally(() => process.exit(1)));
}
try {
  for (const project of PROJECTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    if (project.needsStack) stack ??= await freshStack();
    counts.push(await jest(project, stack?.env ?? {}));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  counts.push({ passed: 0, failed: 1 });
} finally {
  await stack?.stop();
}
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function freshStack(): Promise<Stack> {
  rmSync(STACK_DIR, { recursive: true, force: true });
  const begin = Date.now();
  console.log('starting a real stack for the tests');
  const started = await startStack({ repoRoot: ROOT, dataDir: STACK_DIR });
  await prepareWorkspaces(started.env);
  console.log(`the stack runs after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  void started.died.then((failure) => console.error(`the stack died: ${failure.message}`));
  return started;
}

/** Runs a project; its counts come from jest's own report. */
async function jest(project: Project, env: Readonly<Record<string, string>>): Promise<Count> {
  mkdirSync(BUILD, { recursive: true });
  const report = join(BUILD, `jest-${project.name}.json`);
  rmSync(report, { force: true });
  const args = [
    join(ROOT, 'node_modules/.bin/jest'),
    `--selectProjects=${project.name}`,
    ...project.args,
    ...patterns,
    '--json',
    `--outputFile=${report}`,
  ];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  ) as JestReport;
  // A suite that could not even start has no failed test, and is a failure all the same.
  const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
  console.log(`${project.name}: ${numPassedTests} of ${numTotalTests} passed`);
  return { passed: numPassedTests, failed };
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numTotalTests: number;
}
