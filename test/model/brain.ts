/** The shipping brain in the model: it hears one record at a time, and can die between the stages of what it sends. */
import { topics } from '@sync/core';
import type { Conflict, Outcome, OutRecord, RecordState, SharePointWrite, TwentyWrite } from '@sync/core';
import type { Input } from '../../services/conflict-detector/src/brain/input.ts';
import { decide, resend } from '../../services/conflict-detector/src/decide.ts';
import type { Move } from './moves.ts';
import { blame, noteConflict } from './people.ts';
import { noteDecision } from './decisions.ts';
import { looked, namesMove, namesRead } from './other.ts';
import { situationIn } from './setup.ts';
import type { Setup } from './setup.ts';
import { advance, append, spend } from './world.ts';
import type { LogName, World } from './world.ts';

const MOMENT = { changedAt: null, now: 0 };

export const BRAIN_READS = {
  rowChanges: 'brain sees the row',
  itemChanges: 'brain sees the item',
  sharepointAnswers: 'brain gets the answer of SharePoint',
  twentyAnswers: 'brain gets the answer of Twenty',
  decisions: 'brain gets the decision',
} as const satisfies Partial<Record<LogName, string>>;

/** The brain takes in what is at the head of one of its topics, or dies on the way. */
export function brainMoves(world: World, setup: Setup): Move[] {
  const told = (Object.keys(BRAIN_READS) as (keyof typeof BRAIN_READS)[]).flatMap((log) => {
    const [input] = world.logs[log].ahead;
    const done = (after: World): World => advance(after, log);
    return input === undefined ? [] : step(world, setup, { name: BRAIN_READS[log], input }, done);
  });
  const look = { name: 'brain looks again', input: { kind: 'look' } } as const;
  return [
    ...told,
    ...(world.other?.isLookDue === true ? step(world, setup, look, looked) : []),
    ...namesMove(world),
  ];
}

function step(world: World, setup: Setup, heard: Heard, done: (after: World) => World): Move[] {
  const stages = stagesOf(decide(world.brain, heard.input, situationIn(world, setup), MOMENT));
  return [
    { ...heard, world: done(hear(world, heard.input, stages)) },
    ...deaths(world, setup, stages, heard),
  ];
}

type Heard = Required<Pick<Move, 'name' | 'input'>>;

/** It dies after some of the stages: whoever takes over sends again what is out, and hears the same input again. */
function deaths(world: World, setup: Setup, stages: readonly Stage[], heard: Heard): Move[] {
  const poorer = spend(world, 'crashBrain');
  if (poorer === null || stages.length === 0) return [];
  return stages.map((_, sent) => {
    const left = hear(poorer, heard.input, stages.slice(0, sent + 1));
    const name = `${heard.name}, and dies after ${sent + 1} of ${stages.length} stages`;
    return { name, input: heard.input, world: takeOver(left, setup) };
  });
}

/** B8, B14: what is out is sent again. */
export function takeOver(world: World, setup: Setup): World {
  const read = namesRead(world);
  return sendStages(read, stagesOf(resend(read.brain, situationIn(read, setup), MOMENT)));
}

/** True when the brain would ask for something if it only looked at what it knows. */
export function wouldAct(world: World, setup: Setup): boolean {
  const look: Input = { kind: 'look' };
  return stagesOf(decide(world.brain, look, situationIn(world, setup), MOMENT)).length > 0;
}

/** What it sends, with the books kept on the decision that it heard. */
function hear(world: World, input: Input, stages: readonly Stage[]): World {
  return noteDecision(world, sendStages(world, stages), input, stages.flat());
}

type Stage = readonly OutRecord[];

function stagesOf(outcome: Outcome): readonly Stage[] {
  return outcome.kind === 'emit' ? outcome.stages : [];
}

function sendStages(world: World, stages: readonly Stage[]): World {
  return stages.flat().reduce(send, world);
}

function send(world: World, { topic, value }: OutRecord): World {
  if (topic.name === topics.records.name) return keep(world, value as RecordState);
  if (topic.name === topics.conflicts.name)
    return { ...world, people: noteConflict(world.people, value as Conflict, world.budget.restore > 0) };
  if (topic.name === topics.twentyWrites.name) return append(world, 'toTwenty', [value as TwentyWrite]);
  return append(world, 'toSharepoint', [value as SharePointWrite]);
}

function keep(world: World, brain: RecordState): World {
  const older = Object.keys(world.brain.agreed).find((field) => wentBack(world.brain, brain, field));
  const violation = older === undefined ? null : `the agreement on ${older} went back to an older version`;
  return { ...world, brain, people: blame(world.people, violation) };
}

function wentBack(before: RecordState, after: RecordState, field: string): boolean {
  const [was, is] = [before.agreed[field], after.agreed[field]];
  if (was === undefined) return false;
  return (
    is === undefined || is.twentyVersion < was.twentyVersion || is.sharepointVersion < was.sharepointVersion
  );
}
