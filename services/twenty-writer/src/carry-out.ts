import type { Answer, Job, Request, Seen, Turn } from './job.ts';
import { plan } from './plan.ts';
import { settle } from './settle.ts';

/** Carries a command to its answer, statement by statement; throws what must be waited for. */
export async function carryOut(
  job: Job,
  perform: (request: Request) => Promise<Seen>,
): Promise<{ readonly job: Job; readonly answer: Answer }> {
  let turn: Turn = { job, step: plan(job) };
  for (;;) {
    const { step } = turn;
    if (step.do === 'answer') return { job: turn.job, answer: step.answer };
    turn = settle(turn.job, step, await perform(step));
  }
}
