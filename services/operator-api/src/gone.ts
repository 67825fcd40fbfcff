/** Rows that the stream still knows: what was told last of each, and not that it is gone. */
import { parseRecordKey, schemaOfWorkspaceId, topics } from '@sync/core';
import type { GoneRow, TwentyChange } from '@sync/core';
import type { Client, ReadRecord } from '@sync/runtime';

/** More rows than this are told only when that is asked for: a missing table looks like a mass delete. */
export const MOST_AT_ONCE = 100;

/** Every row that lives, as far as the change topics tell. */
export async function knownRows(client: Pick<Client, 'readAll'>): Promise<GoneRow[]> {
  const rows: GoneRow[] = [];
  for (const topic of Object.values(topics.twentyChanges))
    rows.push(...livingRows(await client.readAll(topic)));
  return rows;
}

/** Records of one key lie in one partition, so the last one read is the youngest. */
export function livingRows(records: readonly Pick<ReadRecord<TwentyChange>, 'key' | 'value'>[]): GoneRow[] {
  const last = new Map(records.map(({ key, value }) => [key, value]));
  return [...last].flatMap(([key, value]) => {
    const ids = parseRecordKey(key);
    if (ids === null || value === null || value.op === 'delete') return [];
    const { workspaceId, object, recordId: id } = ids;
    return [{ schema: schemaOfWorkspaceId(workspaceId), table: value.custom ? `_${object}` : object, id }];
  });
}

/** Lines to print; tells the deletes when `tell` is set, and many only with `many`. */
export async function goneLines(
  missing: readonly GoneRow[],
  choice: { readonly tell: boolean; readonly many: boolean },
  tell: (rows: readonly GoneRow[]) => Promise<void>,
): Promise<string[]> {
  const list = missing.map(({ schema, table, id }) => `${schema}.${table} ${id}`);
  const count = `${missing.length} row(s) are gone from Twenty and live on in the stream`;
  if (!choice.tell || missing.length === 0) return [...list, count];
  if (missing.length > MOST_AT_ONCE && !choice.many)
    throw new Error(`${count}: more than ${MOST_AT_ONCE} are deleted in SharePoint only with --many`);
  await tell(missing);
  return [...list, `${count}: told; the sync deletes their items`];
}
