/** Everything that can happen in the world, as named moves. */
import { openWishes } from '../../services/conflict-detector/src/brain/state.ts';
import type { Input } from '../../services/conflict-detector/src/brain/input.ts';
import { brainMoves, takeOver } from './brain.ts';
import { decisionMoves } from './decisions.ts';
import { userMoves } from './users.ts';
import type { Setup } from './setup.ts';
import { deltaRead } from './sharepoint.ts';
import { sharepointGhost, sharepointWriterDeaths, sharepointWriterMoves } from './sharepoint-writer.ts';
import { twentyGhost, twentyWriterDeaths, twentyWriterMoves } from './twenty-writer.ts';
import { isReplayable, spend } from './world.ts';
import type { Log, LogName, World } from './world.ts';

export interface Move {
  readonly name: string;
  readonly world: World;
  /** What the brain was told, when the move was that. */
  readonly input?: Input;
}

export interface Moves {
  /** True when the pipeline has nothing left to do by itself. */
  readonly atRest: boolean;
  readonly moves: readonly Move[];
  /** How many of the moves, the first ones, are the pipeline's own. */
  readonly own: number;
}

/** All moves that are possible now, always in the same order. */
export function movesOf(world: World, setup: Setup): Moves {
  const own = pipelineMoves(world, setup);
  const atRest = own.length === 0;
  return {
    atRest,
    own: own.length,
    moves: [...own, ...faultMoves(world, setup), ...userMoves(world, setup, atRest), ...decisionMoves(world)],
  };
}

function pipelineMoves(world: World, setup: Setup): Move[] {
  const moves = promptMoves(world, setup);
  if (moves.length > 0 || !world.isUnanswered) return moves;
  return [{ name: 'what is out is old', world: takeOver({ ...world, isUnanswered: false }, setup) }];
}

function promptMoves(world: World, setup: Setup): Move[] {
  return [
    ...brainMoves(world, setup),
    ...deltaRead(world, setup.situation.fields),
    ...sharepointWriterMoves(world, setup),
    ...twentyWriterMoves(world, setup),
    ...sharepointGhost(world),
    ...twentyGhost(world, setup),
  ];
}

function faultMoves(world: World, setup: Setup): Move[] {
  return [
    ...sharepointWriterDeaths(world, setup),
    ...twentyWriterDeaths(world, setup),
    ...resends(world, setup),
    ...replays(world),
  ];
}

function resends(world: World, setup: Setup): Move[] {
  const poorer = spend(world, 'resend');
  const isOut = openWishes(world.brain, 'twenty') !== null || openWishes(world.brain, 'sharepoint') !== null;
  return poorer === null || !isOut
    ? []
    : [{ name: 'brain sends again what is out', world: takeOver(poorer, setup) }];
}

/** A reader goes back any number of records, and is told all from there again, in order. */
function replays(world: World): Move[] {
  return (Object.keys(world.logs) as LogName[]).flatMap((name) => {
    const poorer = spend(world, 'replay') ?? (name === 'decisions' ? spend(world, 'replayDecisions') : null);
    const { told, ahead }: Log<unknown> = world.logs[name];
    if (poorer === null) return [];
    return told.map((_, from) => {
      const log = { told: told.slice(0, from), ahead: [...told.slice(from), ...ahead] };
      return {
        name: `${name} are told again from ${told.length - from} before`,
        world: unreplayable({ ...poorer, logs: { ...poorer.logs, [name]: log } }),
      };
    });
  });
}

/** What was told need not be kept once nothing can be told again. */
function unreplayable(world: World): World {
  const logs = (Object.entries(world.logs) as [string, Log<unknown>][]).map(([name, log]) => {
    const isKept = log.told.length === 0 || isReplayable(world, name as LogName);
    return [name, isKept ? log : { ...log, told: [] }] as const;
  });
  return { ...world, logs: Object.fromEntries(logs) as unknown as World['logs'] };
}
