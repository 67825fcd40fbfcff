/** Search over all states of the world: breadth first, so that the first violation is a shortest one, as long as memory allows. */
import { fingerprintOf } from './fingerprint.ts';
import type { Fingerprint } from './fingerprint.ts';
import { movesOf } from './moves.ts';
import type { Move } from './moves.ts';
import { violationIn } from './properties.ts';
import { SeenStates } from './seen-states.ts';
import type { Setup } from './setup.ts';
import type { World } from './world.ts';

export interface Finding {
  readonly violation: string;
  /** The moves that lead there from the start. */
  readonly story: readonly Move[];
}

export interface Exploration {
  readonly states: number;
  readonly rests: number;
  /** False when the limit ended the search before all states were seen. */
  readonly complete: boolean;
  readonly finding: Finding | null;
}

interface Node {
  readonly state: number;
  readonly world: World;
}

/** More waiting worlds than this take too much memory: the deepest are then looked at first, until there are fewer. */
const MOST_WAITING = 400_000;

/** Explores from a start until a violation, until nothing is left, or until `limit` states were seen. */
export function explore(start: World, setup: Setup, limit: number): Exploration {
  const seen = new SeenStates(limit);
  const frontier = new Frontier();
  frontier.push({ state: seen.add(fingerprintOf(start)), world: start }, 0);
  let rests = 0;
  const ended = (complete: boolean): Exploration => {
    const circle = seen.circle();
    const violation = 'the pipeline goes round in circles';
    const finding = circle === null ? null : { violation, story: retell(start, setup, seen.pathTo(circle)) };
    return { states: seen.size, rests, complete, finding };
  };
  for (let taken = frontier.pop(); taken !== undefined; taken = frontier.pop()) {
    const { state, world } = taken.node;
    const { moves, atRest, own } = movesOf(world, setup);
    if (atRest) rests += 1;
    const prints = moves.map((move) => fingerprintOf(move.world));
    const violation = violationIn(world, setup, atRest) ?? stuck(fingerprintOf(world), prints.slice(0, own));
    if (violation !== null)
      return {
        states: seen.size,
        rests,
        complete: false,
        finding: { violation, story: retell(start, setup, seen.pathTo(state)) },
      };
    for (const [place, print] of prints.entries()) {
      if (seen.size >= limit) return ended(false);
      const number = seen.add(print, state, place);
      if (place === 0 && own > 0) seen.leadsTo(state, number < 0 ? ~number : number);
      const next = moves[place];
      if (number >= 0 && next !== undefined)
        frontier.push({ state: number, world: next.world }, taken.depth + 1);
    }
  }
  return ended(true);
}

/** The pipeline has moves, and none of them leads anywhere. */
function stuck(here: Fingerprint, own: readonly Fingerprint[]): string | null {
  const isStuck = own.length > 0 && own.every(({ high, low }) => high === here.high && low === here.low);
  return isStuck ? 'the pipeline turns on the spot' : null;
}

/** The moves of a path, made again from the start. */
function retell(start: World, setup: Setup, path: readonly number[]): Move[] {
  let world = start;
  return path.flatMap((place) => {
    const move = movesOf(world, setup).moves[place];
    if (move === undefined) return [];
    world = move.world;
    return [move];
  });
}

/** Worlds that wait to be looked at, by depth. */
class Frontier {
  private readonly levels: Node[][] = [];
  private waiting = 0;
  private shallowest = 0;

  push(node: Node, depth: number): void {
    (this.levels[depth] ??= []).push(node);
    this.waiting += 1;
    this.shallowest = Math.min(this.shallowest, depth);
  }

  pop(): { readonly node: Node; readonly depth: number } | undefined {
    if (this.waiting === 0) return undefined;
    const depth = this.waiting > MOST_WAITING ? this.deepest() : this.nextShallow();
    const node = this.levels[depth]?.pop();
    if (node === undefined) return undefined;
    this.waiting -= 1;
    return { node, depth };
  }

  private nextShallow(): number {
    while ((this.levels[this.shallowest]?.length ?? 0) === 0) this.shallowest += 1;
    return this.shallowest;
  }

  private deepest(): number {
    return this.levels.findLastIndex((level) => level.length > 0);
  }
}
