/** Waiting for rows of Twenty's database. */
import { createHash } from 'node:crypto';
import type { Crm, Row } from './crm.ts';
import { eventually } from './eventually.ts';
import { placeOf, picked } from './sharepoint.ts';
import type { SyncedObject, Workspace } from './workspaces.ts';

/** Waits until a row holds these values; fails showing what it held. */
export async function rowWith(
  crm: Crm,
  at: { readonly workspace: Workspace; readonly object: SyncedObject; readonly id: string },
  wanted: Row,
  withinMs = 30_000,
): Promise<Row> {
  let held: Row | undefined;
  try {
    return await eventually(
      'the row',
      async () => {
        const row = await crm.row(at.workspace, at.object, at.id);
        held = row && picked(row, wanted);
        return row !== undefined && JSON.stringify(held) === JSON.stringify(wanted) ? row : undefined;
      },
      { withinMs },
    );
  } catch (error) {
    expect(held).toEqual(wanted);
    throw error;
  }
}

/** Namespace of the ids of records that were born in SharePoint; part of the contract, so it stands here once more. */
const ITEM_NAMESPACE = 'd3e8c46f-aef9-43af-bfd8-69351cd97120';

/** The id of the record that an item without one gives birth to: a version 5 UUID (RFC 9562, 5.5) of where the item is. */
export async function bornId(workspace: Workspace, object: SyncedObject, itemId: string): Promise<string> {
  const { siteId, listId } = await placeOf(workspace, object);
  const hash = createHash('sha1').update(Buffer.from(ITEM_NAMESPACE.replaceAll('-', ''), 'hex'));
  const hex = hash.update(`${siteId}|${listId}|${itemId}`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
