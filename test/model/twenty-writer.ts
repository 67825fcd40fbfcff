/** The shipping Twenty writer, one statement per move. */
import { answered } from '../../services/conflict-detector/src/sight.ts';
import { learn, resultOf } from '../../services/twenty-writer/src/answer.ts';
import type { Answer, Job, Request, Turn } from '../../services/twenty-writer/src/job.ts';
import { begin, plan } from '../../services/twenty-writer/src/plan.ts';
import { settle } from '../../services/twenty-writer/src/settle.ts';
import type { Move } from './moves.ts';
import type { Setup } from './setup.ts';
import { ask } from './twenty.ts';
import { advance, append, spend } from './world.ts';
import type { World } from './world.ts';

const FORGOTTEN: World['twentyWriter'] = { sources: {}, turn: null };

/** The writer makes its next statement; when that was the last one it answers, or dies before it does. */
export function twentyWriterMoves(world: World, setup: Setup): Move[] {
  const turn = turnOf(world, setup);
  if (turn === null) return [];
  if (turn.step.do === 'answer')
    return [{ name: 'Twenty writer answers', world: answerOf(world, turn.job, turn.step.answer) }];
  const request = turn.step;
  const { world: asked, seen } = ask(world, request, setup.situation.fields);
  const next = settle(turn.job, request, seen);
  const name = `Twenty writer: ${wordsOf(request)} → ${seen.saw}`;
  const gone = next.step.do === 'answer' ? spend(asked, 'crashTwentyWriter') : null;
  const dies =
    gone === null ? [] : [{ name: `${name}, and dies`, world: { ...gone, twentyWriter: FORGOTTEN } }];
  return [{ name, world: afterTurn(asked, next) }, ...dies, ...refusal(world, turn.job, request)];
}

function refusal(world: World, job: Job, request: Request): Move[] {
  const poorer = request.do === 'read' || !('f' in request.values) ? null : spend(world, 'refusal');
  if (poorer === null) return [];
  const next = settle(job, request, { saw: 'refused', code: '23505', column: 'f' });
  return [{ name: `Twenty writer: ${request.do} → f is refused`, world: afterTurn(poorer, next) }];
}

function turnOf(world: World, { situation, place }: Setup): Turn | null {
  const [command] = world.logs.toTwenty.ahead;
  if (command === undefined) return null;
  const { mapping } = situation;
  const { sources, turn } = world.twentyWriter;
  if (turn !== null) return { job: { ...turn.job, mapping, place }, step: turn.step };
  const job = begin({ command, mapping, place, epoch: 1, nowIso: 'now', sources });
  return { job, step: plan(job) };
}

function afterTurn(world: World, { job, step }: Turn): World {
  if (step.do === 'answer') return answerOf(world, job, step.answer);
  const { mapping: _mapping, place: _place, ...own } = job;
  return { ...world, twentyWriter: { ...world.twentyWriter, turn: { job: own, step } } };
}

function answerOf(world: World, job: Job, answer: Answer): World {
  const told = append(advance(world, 'toTwenty'), 'twentyAnswers', [answered(resultOf(job, answer, 0))]);
  return { ...told, twentyWriter: { sources: learn(job, answer), turn: null } };
}

/** The process dies: what it remembered is gone, what it had asked for may still arrive. */
export function twentyWriterDeaths(world: World, setup: Setup): Move[] {
  const turn = turnOf(world, setup);
  const poorer = spend(world, 'crashTwentyWriter');
  if (poorer === null || (turn === null && Object.keys(world.twentyWriter.sources).length === 0)) return [];
  const dead = { ...poorer, twentyWriter: FORGOTTEN };
  const request = turn === null || turn.step.do === 'answer' ? null : turn.step;
  const haunted = request === null || world.ghosts.twenty !== null ? null : spend(dead, 'ghost');
  return [
    { name: 'Twenty writer dies', world: dead },
    ...(haunted === null
      ? []
      : [
          {
            name: `Twenty writer dies, its ${request?.do ?? ''} under way`,
            world: { ...haunted, ghosts: { ...haunted.ghosts, twenty: request } },
          },
        ]),
  ];
}

/** The statement of the dead writer commits after all. */
export function twentyGhost(world: World, setup: Setup): Move[] {
  const request = world.ghosts.twenty;
  if (request === null) return [];
  const { world: next, seen } = ask(world, request, setup.situation.fields);
  return [
    {
      name: `the dead Twenty writer's ${request.do} → ${seen.saw}`,
      world: { ...next, ghosts: { ...next.ghosts, twenty: null } },
    },
  ];
}

function wordsOf(request: Request): string {
  return request.do === 'read'
    ? 'read'
    : `${request.do} ${JSON.stringify(request.values).replaceAll('"', '')}`;
}
