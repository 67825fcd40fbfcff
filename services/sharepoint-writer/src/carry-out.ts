import { learn } from './known.ts';
import type { Answer, Job, Known, Request, Seen, Turn } from './job.ts';
import { plan } from './plan.ts';
import { settle } from './settle.ts';

export interface Done {
  readonly job: Job;
  readonly answer: Answer;
  /** What to remember of the record. */
  readonly known: Known | undefined;
}

/** Carries a command to its answer, request by request; throws what must be waited for. */
export async function carryOut(job: Job, perform: (request: Request) => Promise<Seen>): Promise<Done> {
  let turn: Turn = { job, step: plan(job) };
  for (;;) {
    const { step } = turn;
    if (step.do === 'wait') throw step.error;
    if (step.do === 'answer')
      return { job: turn.job, answer: step.answer, known: learn(turn.job, step.answer) };
    turn = settle(turn.job, step, await perform(step));
  }
}
