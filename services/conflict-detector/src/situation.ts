/** Everything around a record that the brain needs to judge it. */
import { mappingOf } from '@sync/core';
import type { Lane, ListBinding, MappingField, ObjectMapping, RecordIds, WorkspaceConfig } from '@sync/core';
import { LANES } from '@sync/core';
import type { LabelOf } from './brain/derive.ts';
import type { Policy, Strategy } from './brain/policy.ts';
import { STRATEGIES } from './brain/policy.ts';

export interface Situation {
  readonly ids: RecordIds;
  readonly mapping: ObjectMapping;
  /** Null while the list is not known or the workspace is not enabled: the brain then learns and asks for nothing. */
  readonly binding: ListBinding | null;
  readonly fields: readonly MappingField[];
  readonly policy: Policy;
  readonly lane: Lane;
  readonly labelOf: LabelOf;
}

const DEFAULT_STRATEGY: Strategy = 'lastWriteWins';

/** Puts a situation together; null when the object is not synced at all. */
export function situationOf(
  ids: RecordIds,
  known: { config: WorkspaceConfig | undefined; binding: ListBinding | undefined; labelOf: LabelOf },
): Situation | null {
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
    },
    lane: oneOf(LANES, object?.lane, 'p2'),
    labelOf: known.labelOf,
  };
}

function oneOf<T extends string>(allowed: readonly T[], given: string | undefined, fallback: T): T {
  return allowed.find((one) => one === given) ?? fallback;
}
