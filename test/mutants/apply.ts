/** Puts a patch on a copy of the sources, so that a planted bug can be run without touching the checkout. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** The sources with a patch on them. */
export interface Patched {
  /** Folder that looks like the repository: `packages/`, `services/`, `test/`. */
  readonly root: string;
  /** Removes the copy. */
  dispose(): void;
}

const COPIED = ['packages', 'services', 'test'];

/**
 * Copies the sources into `build/mutants` and applies a unified diff made with `git diff`.
 * Throws with the patch's name when it no longer applies. `repo` is the checkout, the working directory when left out.
 */
export function applyPatch(patchFile: string, repo = process.cwd()): Patched {
  const root = copySources(repo, basename(patchFile, '.patch'));
  const dispose = (): void => rmSync(root, { recursive: true, force: true });
  const complaint = git(root, [resolve(repo, patchFile)]);
  if (complaint === null) return { root, dispose };
  dispose();
  throw new Error(staleMessage(patchFile, complaint));
}

/** Why a patch no longer applies to the checkout; null when it does. */
export function staleness(patchFile: string, repo = process.cwd()): string | null {
  const complaint = git(repo, ['--check', resolve(repo, patchFile)]);
  return complaint === null ? null : staleMessage(patchFile, complaint);
}

/** The patches of a folder, in order of their names, as paths. */
export function patchesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.patch'));
  return names.sort().map((name) => join(folder, name));
}

function staleMessage(patchFile: string, complaint: string): string {
  return `${patchFile} is stale: ${complaint}. Make the change by hand, then save \`git diff\` as the patch.`;
}

function copySources(repo: string, name: string): string {
  const build = join(repo, 'build', 'mutants');
  mkdirSync(build, { recursive: true });
  const root = mkdtempSync(join(build, `${name}-`));
  const filter = (source: string): boolean => basename(source) !== 'node_modules';
  for (const folder of COPIED) cpSync(join(repo, folder), join(root, folder), { recursive: true, filter });
  cpSync(join(repo, 'package.json'), join(root, 'package.json'));
  linkWorkspaces(root);
  return root;
}

/** `@sync/…` must lead into the copy; every other package is found further up, in the checkout's node_modules. */
function linkWorkspaces(root: string): void {
  const scope = join(root, 'node_modules', '@sync');
  mkdirSync(scope, { recursive: true });
  for (const folder of ['packages', 'services']) {
    for (const name of readdirSync(join(root, folder)))
      symlinkSync(join('..', '..', folder, name), join(scope, name));
  }
}

/** Git must take the copy for a folder of its own: inside a checkout it skips, in silence, what is not tracked. */
function git(cwd: string, args: readonly string[]): string | null {
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: resolve(cwd, '..') };
  const { status, stderr, error } = spawnSync('git', ['apply', ...args], { cwd, env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? null : stderr.trim().replaceAll('\n', '; ');
}
