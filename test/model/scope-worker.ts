/** One thread of the check: explores the scopes it is given, one after the other. */
import { parentPort } from 'node:worker_threads';
import { explore } from './explore.ts';
import { SCOPES } from './scopes.ts';
import { setupOf } from './setup.ts';
import { inStep } from './starts.ts';
import { tell } from './story.ts';

/** What is asked of a thread. */
export interface Assignment {
  /** Place in the list of scopes. */
  readonly scope: number;
  readonly limit: number;
}

/** What a thread saw. */
export interface ScopeReport {
  readonly scope: number;
  readonly name: string;
  readonly states: number;
  readonly rests: number;
  readonly complete: boolean;
  readonly seconds: number;
  readonly violation: string | null;
  /** Number of moves that lead to the violation, and the story in words. */
  readonly moves: number;
  readonly story: string;
}

/** Explores one scope. */
export function exploreScope({ scope, limit }: Assignment): ScopeReport {
  const chosen = SCOPES[scope];
  if (chosen === undefined) throw new Error(`there is no scope ${scope}`);
  const setup = setupOf(chosen.setup);
  const begin = performance.now();
  const { states, rests, complete, finding } = explore(chosen.start(setup, chosen.budget), setup, limit);
  const seconds = (performance.now() - begin) / 1000;
  const story = finding === null ? '' : tell(finding, chosen.start === inStep);
  return {
    scope,
    name: chosen.name,
    states,
    rests,
    complete,
    seconds,
    violation: finding?.violation ?? null,
    moves: finding?.story.length ?? 0,
    story,
  };
}

parentPort?.on('message', (assignment: Assignment) => parentPort?.postMessage(exploreScope(assignment)));
