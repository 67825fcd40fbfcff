/** Breadth-first search over all states of the world, so that the first violation is a shortest one. */
import { createHash } from 'node:crypto';
import { ALIVE } from '@sync/core';
import { movesOf, pipelineMoves } from './moves.ts';
import { FIELDS, currentItem } from './world.ts';
import type { World } from './world.ts';

export interface Finding {
  readonly violation: string;
  /** The moves that lead there from the start. */
  readonly story: readonly string[];
  readonly world: World;
}

export interface Exploration {
  readonly states: number;
  readonly rests: number;
  /** False when the limit ended the search before all states were seen. */
  readonly complete: boolean;
  readonly finding: Finding | null;
}

interface Node {
  readonly world: World;
  readonly from: Node | null;
  readonly move: string;
}

/** Explores from a start until a violation, until nothing is left, or until `maxStates` were seen. */
export function explore(start: World, maxStates: number): Exploration {
  const seen = new Set<string>([fingerprint(start)]);
  let frontier: Node[] = [{ world: start, from: null, move: 'start' }];
  let rests = 0;
  while (frontier.length > 0) {
    const next: Node[] = [];
    for (const node of frontier) {
      const atRest = pipelineMoves(node.world).length === 0;
      if (atRest) rests += 1;
      const violation = violationIn(node.world, atRest);
      if (violation !== null) return { states: seen.size, rests, complete: false, finding: { violation, story: storyOf(node), world: node.world } };
      for (const { name, world } of movesOf(node.world)) {
        const key = fingerprint(world);
        if (seen.has(key)) continue;
        if (seen.size >= maxStates) return { states: seen.size, rests, complete: false, finding: null };
        seen.add(key);
        next.push({ world, from: node, move: name });
      }
    }
    frontier = next;
  }
  return { states: seen.size, rests, complete: true, finding: null };
}

/** 96 bits are enough to tell some hundred million states apart. */
function fingerprint(world: World): string {
  return createHash('sha1').update(JSON.stringify(world)).digest('base64').slice(0, 16);
}

function storyOf(node: Node): string[] {
  const story: string[] = [];
  for (let at: Node | null = node; at !== null; at = at.from) story.unshift(at.move);
  return story;
}

/** What must never be, in any state, and what must be when the pipeline is at rest. */
function violationIn(world: World, atRest: boolean): string | null {
  if (world.people.falseConflicts.length > 0) return 'a conflict was told for a field that was not edited on both sides';
  if (world.items.filter((item) => item.exists).length > 1) return 'one record has two items';
  return atRest ? violationAtRest(world) : null;
}

function violationAtRest(world: World): string | null {
  const { row, brain, people } = world;
  const item = currentItem(world);
  if (brain.outSharepoint !== null || brain.outTwenty !== null) return 'a wish is in flight for ever';
  const [rowLives, itemLives] = [row?.exists === true, item?.exists === true];
  if (rowLives !== itemLives) return `the row ${rowLives ? 'lives' : 'is dead'}, the item ${itemLives ? 'lives' : 'is dead'}`;
  const differs = rowLives && FIELDS.find((field) => row?.values[field] !== item?.values[field]);
  if (differs) return `the sides differ in ${differs}`;
  if (rowLives && brain.agreed[ALIVE]?.value !== 'true') return 'both live, and the brain does not know';
  const values = rowLives ? Object.values(row?.values ?? {}) : [];
  const lost = people.died ? undefined : Object.keys(people.open).find((value) => !values.includes(value));
  return lost === undefined ? null : `the value ${lost} of a user is lost`;
}
