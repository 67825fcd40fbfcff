/** The shipping SharePoint writer, one request per move. */
import { answered } from '../../services/conflict-detector/src/sight.ts';
import { resultOf } from '../../services/sharepoint-writer/src/answer.ts';
import type { Answer, Job, Request, Turn } from '../../services/sharepoint-writer/src/job.ts';
import { learn } from '../../services/sharepoint-writer/src/known.ts';
import { begin, plan } from '../../services/sharepoint-writer/src/plan.ts';
import { settle } from '../../services/sharepoint-writer/src/settle.ts';
import type { Move } from './moves.ts';
import type { Setup } from './setup.ts';
import { DOUBTFUL, perform } from './sharepoint.ts';
import { advance, append, spend } from './world.ts';
import type { World } from './world.ts';

/** A writer that died knows what its answers told the changelog; of the command it was at, it knows nothing. */
function restored({ known }: World['sharepointWriter']): World['sharepointWriter'] {
  return { known, turn: null };
}

/** The writer makes its next request; when that was the last one it answers, or dies before it does. */
export function sharepointWriterMoves(world: World, setup: Setup): Move[] {
  const turn = turnOf(world, setup);
  if (turn === null || turn.step.do === 'wait') return [];
  if (turn.step.do === 'answer')
    return [{ name: 'SharePoint writer answers', world: answerOf(world, turn.job, turn.step.answer) }];
  const request = turn.step;
  const { world: asked, seen } = perform(world, request);
  const next = settle(turn.job, request, seen);
  const name = `SharePoint writer: ${wordsOf(request)} → ${seen.saw}`;
  return [
    { name, world: afterTurn(asked, next) },
    ...deaths(asked, next, name),
    ...deadLetter(asked, name),
    ...lostAnswer(asked, turn, name),
  ];
}

/** It dies before it has told anybody, or when the changelog has heard of it and the answer is not out. */
function deaths(asked: World, { job, step }: Turn, name: string): Move[] {
  const gone = step.do === 'answer' ? spend(asked, 'crashSharepointWriter') : null;
  if (gone === null || step.do !== 'answer') return [];
  const remembered = { known: learn(job, step.answer) ?? null, turn: null };
  return [
    { name: `${name}, and dies`, world: { ...gone, sharepointWriter: restored(gone.sharepointWriter) } },
    { name: `${name}, keeps it, and dies`, world: { ...gone, sharepointWriter: remembered } },
  ];
}

function deadLetter(asked: World, name: string): Move[] {
  const poorer = spend(asked, 'deadLetter');
  if (poorer === null) return [];
  const given = { ...advance(poorer, 'toSharepoint'), isUnanswered: true };
  const world = { ...given, sharepointWriter: { ...given.sharepointWriter, turn: null } };
  return [{ name: `${name}, and the command is a dead letter`, world }];
}

/** A create whose answer is lost is looked into; anything else is begun again by the runtime. */
function lostAnswer(asked: World, { job, step }: Turn, name: string): Move[] {
  const poorer =
    step.do === 'create' || step.do === 'update' || step.do === 'delete' ? spend(asked, 'lostAnswer') : null;
  if (poorer === null || step.do === 'answer' || step.do === 'wait') return [];
  const lost = { ...poorer, sharepointWriter: { ...poorer.sharepointWriter, turn: null } };
  return [
    {
      name: `${name}, but the answer is lost`,
      world: step.do === 'create' ? afterTurn(poorer, settle(job, step, DOUBTFUL)) : lost,
    },
  ];
}

function turnOf(world: World, { situation }: Setup): Turn | null {
  const [command] = world.logs.toSharepoint.ahead;
  if (command === undefined) return null;
  const { mapping } = situation;
  const { known, turn } = world.sharepointWriter;
  if (turn !== null) return { job: { ...turn.job, mapping }, step: turn.step };
  const job = { ...begin({ command, mapping, known: known ?? undefined, nowIso: '' }), stamp: null };
  return { job, step: plan(job) };
}

function afterTurn(world: World, { job, step }: Turn): World {
  if (step.do === 'answer') return answerOf(world, job, step.answer);
  if (step.do === 'wait') return { ...world, sharepointWriter: { ...world.sharepointWriter, turn: null } };
  const { mapping: _mapping, ...own } = job;
  return { ...world, sharepointWriter: { ...world.sharepointWriter, turn: { job: own, step } } };
}

function answerOf(world: World, job: Job, answer: Answer): World {
  const told = append(advance(world, 'toSharepoint'), 'sharepointAnswers', [
    answered(resultOf(job, answer, 0)),
  ]);
  return { ...told, sharepointWriter: { known: learn(job, answer) ?? null, turn: null } };
}

/** The process dies: the command it was at begins anew, and what it had asked for may still arrive. */
export function sharepointWriterDeaths(world: World, setup: Setup): Move[] {
  const poorer = spend(world, 'crashSharepointWriter');
  const turn = turnOf(world, setup);
  if (poorer === null || turn === null) return [];
  const dead = { ...poorer, sharepointWriter: restored(poorer.sharepointWriter) };
  const request = turn.step.do === 'answer' || turn.step.do === 'wait' ? null : turn.step;
  const haunted = request === null || world.ghosts.sharepoint !== null ? null : spend(dead, 'ghost');
  return [
    { name: 'SharePoint writer dies', world: dead },
    ...(haunted === null
      ? []
      : [
          {
            name: `SharePoint writer dies, its ${request?.do ?? ''} under way`,
            world: { ...haunted, ghosts: { ...haunted.ghosts, sharepoint: request } },
          },
        ]),
  ];
}

/** The request of the dead writer arrives after all. */
export function sharepointGhost(world: World): Move[] {
  const request = world.ghosts.sharepoint;
  if (request === null) return [];
  const { world: next, seen } = perform(world, request);
  return [
    {
      name: `the dead SharePoint writer's ${request.do} → ${seen.saw}`,
      world: { ...next, ghosts: { ...next.ghosts, sharepoint: null } },
    },
  ];
}

function wordsOf(request: Request): string {
  return 'columns' in request
    ? `${request.do} ${JSON.stringify(request.columns).replaceAll('"', '')}`
    : request.do;
}
