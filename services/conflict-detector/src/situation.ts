/** Everything around a record that the brain needs to judge it. */
import { mappingOf } from '@sync/core';
import type {
  Lane,
  ListBinding,
  MappingField,
  ObjectMapping,
  RecordIds,
  Side,
  WorkspaceConfig,
} from '@sync/core';
import { LANES } from '@sync/core';
import type { MassKind, MayWrite } from './brain/breaker.ts';
import type { LabelOf } from './brain/derive.ts';
import type { Policy, Strategy } from './brain/policy.ts';
import { STRATEGIES } from './brain/policy.ts';
import type { Mass } from './tally.ts';

export interface Situation {
  readonly ids: RecordIds;
  readonly mapping: ObjectMapping;
  /** Null while the list is not known or the workspace is not enabled: the brain then learns and asks for nothing. */
  readonly binding: ListBinding | null;
  readonly fields: readonly MappingField[];
  readonly policy: Policy;
  readonly lane: Lane;
  readonly labelOf: LabelOf;
  readonly mayWrite: MayWrite;
}

const DEFAULT_STRATEGY: Strategy = 'lastWriteWins';

export interface Known {
  readonly config: WorkspaceConfig | undefined;
  readonly binding: ListBinding | undefined;
  readonly labelOf: LabelOf;
  /** What was lately written so on that side of the object's records. */
  readonly massOf: (side: Side, kind: MassKind, windowMs: number) => Mass;
}

/** Puts a situation together; null when the object is not synced at all. */
export function situationOf(ids: RecordIds, known: Known): Situation | null {
  const mapping = mappingOf(ids.object);
  if (mapping === undefined) return null;
  const object = known.config?.objects.find((one) => one.name === ids.object);
  const binding = known.config?.enabled === true && object !== undefined ? (known.binding ?? null) : null;
  return {
    ids,
    mapping,
    binding,
    fields:
      binding === null
        ? mapping.fields
        : mapping.fields.filter((field) => binding.fields.includes(field.name)),
    policy: {
      strategyOf: (field) =>
        oneOf(STRATEGIES, object?.fieldStrategies[field] ?? object?.strategy, DEFAULT_STRATEGY),
      skewMs: known.config?.skewMs ?? 2000,
      tieWinner: known.config?.tieWinner === 'sharepoint' ? 'sharepoint' : 'twenty',
      loopLimit: known.config?.loopLimit ?? 0,
      loopWindowMs: known.config?.loopWindowMs ?? 0,
    },
    lane: oneOf(LANES, object?.lane, 'p2'),
    labelOf: known.labelOf,
    mayWrite: (side, kind) => {
      if (known.config === undefined || object === undefined) return false;
      const limit = kind === 'massDelete' ? object.massDeleteLimit : object.massOverwriteLimit;
      const { written, isAsked } = known.massOf(side, kind, known.config.massWindowMs);
      // Once it has tripped it stays so until the questions are answered.
      return !isAsked && written < limit;
    },
  };
}

function oneOf<T extends string>(allowed: readonly T[], given: string | undefined, fallback: T): T {
  return allowed.find((one) => one === given) ?? fallback;
}
