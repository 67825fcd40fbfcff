/** What the history checker says of a run, and the evidence it says it on. */
import type { TopicEvidence } from './evidence.ts';
import type { Evidence, Violation } from './history/change.ts';
import { checkHistory } from './history/check.ts';
import type { Entry } from './load/load.ts';
import type { Testimony } from './witness.ts';

export interface Heard {
  readonly testimony: Testimony;
  /** As both sides stood when they had come to rest. */
  readonly rested: Testimony;
  readonly entries: readonly Entry[];
  readonly topics: TopicEvidence;
}

export function evidenceOf({ testimony, rested, entries, topics }: Heard): Evidence {
  const { changes, live } = testimony;
  const { conflicts, excused, answered } = topics;
  const acknowledged = entries.map(({ side, record, item, field, value }) => ({
    side,
    field,
    value,
    record: record ?? testimony.recordOf.get(item ?? 0) ?? `item ${item}`,
  }));
  return { changes, live, acknowledged, conflicts, excused, answered, restAt: rested.last };
}

export function violationsIn(evidence: Evidence, { mappings }: TopicEvidence): Violation[] {
  return [...checkHistory(evidence), ...wrongMappings(evidence, mappings)];
}

/** What lives on both sides is mapped to the very item. */
function wrongMappings({ live }: Evidence, mappings: TopicEvidence['mappings']): Violation[] {
  return live
    .filter(({ side, record, id }) => side === 'sharepoint' && mappings.get(record)?.itemId !== id)
    .map(({ record, id }) => ({
      kind: 'diverged',
      record,
      field: 'mapping',
      story: `it lives in item ${id}, the mapping says ${JSON.stringify(mappings.get(record))}`,
    }));
}
