/** What must be found again without reading every record: records with open wishes, and records that show another's name. */
import { ALIVE, mappingOf, parseRecordKey, recordKey } from '@sync/core';
import type { RecordState } from '@sync/core';

export interface Watch {
  /** Takes note of a record's newest state. */
  note(key: string, state: RecordState): void;
  /** Keys of records with open wishes sent before a time, milliseconds since 1970. */
  openSince(sentBefore: number): string[];
  /** Keys of records that show the name of this record. */
  dependentsOf(key: string): string[];
}

export function createWatch(): Watch {
  const sentAt = new Map<string, number>();
  const dependents = new Map<string, Set<string>>();
  return {
    note: (key, state) => {
      noteOpen(sentAt, key, state);
      for (const target of referencesOf(key, state)) {
        const known = dependents.get(target);
        if (known === undefined) dependents.set(target, new Set([key]));
        else known.add(key);
      }
    },
    openSince: (sentBefore) => [...sentAt].filter(([, at]) => at < sentBefore).map(([key]) => key),
    dependentsOf: (key) => [...(dependents.get(key) ?? [])],
  };
}

function noteOpen(sentAt: Map<string, number>, key: string, state: RecordState): void {
  const times = [state.outTwenty, state.outSharepoint].flatMap((open) =>
    open === null ? [] : [open.sentAt],
  );
  if (times.length === 0) sentAt.delete(key);
  else sentAt.set(key, Math.min(...times));
}

function referencesOf(key: string, state: RecordState): string[] {
  const ids = parseRecordKey(key);
  if (ids === null || state.twenty[ALIVE]?.value !== 'true') return [];
  return (mappingOf(ids.object)?.fields ?? []).flatMap(({ derived }) => {
    if (derived?.from !== 'label') return [];
    const recordId = state.twenty[derived.reference]?.value ?? null;
    return recordId === null
      ? []
      : [recordKey({ workspaceId: ids.workspaceId, object: derived.object, recordId })];
  });
}
