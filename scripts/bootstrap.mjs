// Brings a fresh clone to the point where the project's own code can run. Node built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repoRoot = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/** The Node 24 that the lock file pins (npm package `node`). */
export const pinnedNode = join(repoRoot, 'node_modules', '.bin', 'node');

/** Where the JVM parts of this pom live: another pom, another folder, so nothing running is disturbed. */
export function jvmDir() {
  const pom = readFileSync(join(repoRoot, 'infra', 'jvm', 'pom.xml'));
  return join(repoRoot, '.jvm', createHash('sha256').update(pom).digest('hex').slice(0, 12));
}

const MAVEN_QUIET = ['-q', '-B', '-ntp', '-Dstyle.color=never'];

/** Makes sure of npm packages, Java 17 or newer, Maven and the JVM parts; exits 1 with what to do if it cannot. */
export async function bootstrap() {
  await ensureNpmPackages();
  await ensureJava();
  await ensureJvmParts();
}

export async function ensureNpmPackages() {
  const installed = join(repoRoot, 'node_modules', '.package-lock.json');
  const wanted = join(repoRoot, 'package-lock.json');
  if (
    existsSync(installed) &&
    existsSync(pinnedNode) &&
    statSync(installed).mtimeMs >= statSync(wanted).mtimeMs
  )
    return;
  await step('npm packages', () => run('npm', ['ci', '--no-audit', '--no-fund']));
}

export async function ensureJava() {
  const missing = [
    javaMajor() >= 17 ? '' : 'openjdk-17-jre-headless',
    commandWorks('mvn', ['-v']) ? '' : 'maven',
  ];
  await ensureDebianPackages('Java 17 or newer, or Maven', missing.filter(Boolean));
  if (javaMajor() < 17)
    giveUp('Java is still older than 17 after the installation: set JAVA_HOME or PATH to Java 17 or newer.');
}

/** What only the tests need: a browser for the page, Python for the foreign client. */
export async function ensureTestTools() {
  const missing = [
    commandWorks('chromium', ['--version']) ? '' : 'chromium',
    commandWorks('python3', ['-c', 'import venv, ensurepip']) ? '' : 'python3-venv',
  ];
  await ensureDebianPackages('Chromium, or Python 3 with venv', missing.filter(Boolean));
}

async function ensureDebianPackages(what, packages) {
  if (packages.length === 0) return;
  const canInstall = process.getuid?.() === 0 && commandWorks('apt-get', ['--version']);
  if (!canInstall)
    return giveUp(`Missing: ${what}. Install it, then start again, for example:
  sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`);
  await step(packages.join(' + '), () => aptInstall(packages));
}

export async function ensureJvmParts() {
  const target = jvmDir();
  if (existsSync(target)) return;
  removeAbandoned(join(repoRoot, '.jvm'));
  const work = `${target}.${process.pid}.unpacking`;
  mkdirSync(work, { recursive: true });
  try {
    await step('Kafka, Connect, Debezium, registry', () => fetchJvmParts(work));
    publish(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchJvmParts(work) {
  await run('mvn', [
    ...MAVEN_QUIET,
    '-f',
    join(repoRoot, 'infra', 'jvm', 'pom.xml'),
    `-Djvm.dir=${work}`,
    'package',
  ]);
  // Maven's unpacker turns the archives' pax headers into files that Connect would take for a plugin.
  for (const part of ['plugins', 'registry'])
    rmSync(join(work, part, 'PaxHeaders.X'), { recursive: true, force: true });
}

function removeAbandoned(folder) {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = /\.(\d+)\.unpacking$/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** A rename is atomic, so of two starts at once one publishes and the other uses what is there. */
function publish(work, target) {
  try {
    renameSync(work, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], env);
  // No recommendations: Maven's own would bring a whole development kit.
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}

function javaMajor() {
  const answer = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(answer.stderr ?? '')?.[1] ?? 0);
}

function commandWorks(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

async function step(name, action) {
  const begin = Date.now();
  console.log(`setup: ${name} …`);
  await action();
  console.log(`setup: ${name} done in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

function run(command, args, env = process.env) {
  return new Promise((fulfil, reject) => {
    const child = spawn(command, args, { cwd: repoRoot, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) fulfil();
      else reject(new Error(`${command} ${args.join(' ')} failed with exit code ${code}`));
    });
  });
}

function giveUp(message) {
  console.error(message);
  process.exit(1);
}
