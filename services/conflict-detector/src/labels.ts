/** Names of records, for the columns that show a related record's name. */
import { mappingOf, recordKey, twentyVersion } from '@sync/core';
import type { TwentyChange } from '@sync/core';
import type { LabelOf } from './brain/derive.ts';

/** What is kept of a record that others may refer to. */
export interface Label {
  readonly label: string | null;
  readonly version: string;
}

/** The label of a changed record: undefined after a delete, the label `before` when the change does not say (unchanged TOAST). */
export function labelIn(change: TwentyChange, before?: Label): Label | undefined {
  const columns = mappingOf(change.object)?.label ?? [];
  if (change.op === 'delete') return undefined;
  if (columns.some((column) => change.unchanged.includes(column))) return before;
  const text = columns
    .map((column) => change.fields[column] ?? '')
    .join(' ')
    .trim();
  return { label: text === '' ? null : text, version: twentyVersion(change.version) };
}

/** Looks labels up in one workspace. */
export function labelsOf(
  workspaceId: string,
  get: (object: string, key: string) => Label | undefined,
): LabelOf {
  return (object, recordId) => get(object, recordKey({ workspaceId, object, recordId })) ?? null;
}
