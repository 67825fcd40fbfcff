/** One step of the brain: learn from an input, then derive what follows. Pure; the same for live work, replay, preview and simulation. */
import type { RecordState } from '@sync/core';
import { toldBy } from './decision.ts';
import { derive } from './derive.ts';
import type { LabelOf } from './derive.ts';
import type { Input } from './input.ts';
import { learn } from './learn.ts';
import { plan } from './plan.ts';
import type { Plan, PlanContext } from './plan.ts';

export interface ThinkContext extends PlanContext {
  readonly recordId: string;
  readonly labelOf: LabelOf;
  /** False while the record is not synced: the brain learns, and asks for nothing. */
  readonly active: boolean;
}

export function think(state: RecordState, input: Input, context: ThinkContext): Plan {
  const learnt = derive(learn(state, input), context.fields, context.recordId, context.labelOf);
  const told = toldBy(input, state, learnt);
  if (!context.active) return { state: learnt, send: [], conflicts: told };
  const planned = plan(learnt, context);
  return { ...planned, conflicts: [...told, ...planned.conflicts] };
}
