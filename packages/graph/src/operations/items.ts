import { parseItem } from '../answers/parse-item.ts';
import type { GraphClient, GraphItem, ListRef, Urgency } from '../port.ts';
import { isFolder } from './folder.ts';
import { readItemCall } from './item-calls.ts';
import { readAll } from './pages.ts';
import { listPath } from './paths.ts';
import { expectOk } from './refused.ts';

/** One item with all its columns, or null when it is gone. */
export async function readItem(
  client: GraphClient,
  list: ListRef,
  itemId: string,
  urgency: Urgency = 1,
): Promise<GraphItem | null> {
  const reply = await client.send(readItemCall(list, itemId), urgency);
  return reply.status === 404 ? null : parseItem(expectOk(reply, 'read an item').body);
}

/**
 * The item whose column has exactly this text, the oldest if there are several, or null. The column must be indexed:
 * on any other Graph refuses, and the header that lifts the check makes large lists answer wrongly.
 */
export async function findItemByColumn(
  client: GraphClient,
  list: ListRef,
  column: string,
  value: string,
  urgency: Urgency = 1,
): Promise<GraphItem | null> {
  const filter = `fields/${column} eq '${value.replaceAll("'", "''")}'`;
  const path = `${listPath(list)}/items?$filter=${encodeURIComponent(filter)}&$expand=fields&$top=2`;
  const found: GraphItem[] = [];
  for await (const json of readAll(client, path, `find an item by ${column}`, urgency))
    found.push(parseItem(json));
  return found.reduce<GraphItem | null>(older, null);
}

function older(best: GraphItem | null, next: GraphItem): GraphItem {
  return best !== null && Number(best.id) <= Number(next.id) ? best : next;
}

/** True when a list holds at least one item. */
export async function hasItems(client: GraphClient, list: ListRef, urgency: Urgency = 1): Promise<boolean> {
  const path = `${listPath(list)}/items?$top=1`;
  for await (const json of readAll(client, path, 'look for an item', urgency))
    if (!isFolder(json)) return true;
  return false;
}

/** Every item of a list with all its columns, page by page: the way to compare a whole list (drift). */
export async function* enumerateItems(
  client: GraphClient,
  list: ListRef,
  urgency: Urgency = 3,
): AsyncGenerator<GraphItem> {
  const path = `${listPath(list)}/items?$expand=fields&$top=200`;
  for await (const json of readAll(client, path, 'enumerate the items', urgency)) {
    if (!isFolder(json)) yield parseItem(json);
  }
}
