/** What Graph answers to a call: items with If-Match, the search by the unique column, and the delta feed. */
import { IDENTITY_COLUMN } from '@sync/core';
import type { GraphCall, GraphReply } from '@sync/graph';
import type { Chaos } from './chaos.ts';
import { GRAPH_URL } from './places.ts';
import type { SimObject } from './places.ts';
import { etagOf } from './sharepoint.ts';
import type { Columns, Item, SharePoint } from './sharepoint.ts';

const PAGE = 3;
/** How long a search may miss a new item, and the feed a change, milliseconds. */
const LATE_MS = 1500;

const NOT_FOUND = reply(404, refusal('itemNotFound', 'The resource could not be found.'));
const STALE = reply(412, refusal('preconditionFailed', 'ETag mismatch'));
const DUPLICATE = reply(
  400,
  refusal('invalidRequest', 'SPDuplicateValuesFoundException: duplicate values were found'),
);

export function answerOf(sharepoint: SharePoint, chaos: Chaos, call: GraphCall): GraphReply {
  const object = /\/lists\/list-(company|person)\//.exec(call.path)?.[1] as SimObject | undefined;
  if (object === undefined) return NOT_FOUND;
  const id = /\/items\/(\d+)/.exec(call.path)?.[1];
  if (call.method === 'POST') return created(sharepoint, object, (call.body as { fields: Columns }).fields);
  if (id !== undefined) return onItem(sharepoint, object, id, call);
  if (call.path.includes('/items/delta')) return delta(sharepoint, chaos, object, call.path);
  const filter = /\$filter=([^&]*)/.exec(call.path)?.[1];
  const items = sharepoint.live(object).sort((a, b) => Number(a.id) - Number(b.id));
  if (filter === undefined) return reply(200, { value: items.map(shown) });
  const wanted = /eq '([^']*)'/.exec(decodeURIComponent(filter))?.[1];
  const found = items.filter(
    (item) => item.columns[IDENTITY_COLUMN] === wanted && !isLate(chaos, item.createdAt),
  );
  return reply(200, { value: found.map(shown) });
}

function created(sharepoint: SharePoint, object: SimObject, columns: Columns): GraphReply {
  if (sharepoint.isTaken(object, columns, null)) return DUPLICATE;
  return reply(201, shown(sharepoint.create('application', object, columns)));
}

function onItem(sharepoint: SharePoint, object: SimObject, id: string, call: GraphCall): GraphReply {
  const item = sharepoint.item(object, id);
  if (item === undefined || item.deleted) return NOT_FOUND;
  if (call.method === 'GET') return reply(200, shown(item));
  if (call.ifMatch !== undefined && call.ifMatch !== etagOf(item)) return STALE;
  if (call.method === 'DELETE') {
    sharepoint.setDeleted('application', item, true);
    return reply(204, null);
  }
  const columns = call.body as Columns;
  if (sharepoint.isTaken(object, columns, id)) return DUPLICATE;
  const after = sharepoint.update('application', item, columns);
  return reply(200, { ...after.columns, '@odata.etag': etagOf(after) });
}

/** Tokens: `<from>-<to>-<offset>` while paging, `<from>` as the cursor; `all-…` for an enumeration. */
function delta(sharepoint: SharePoint, chaos: Chaos, object: SimObject, path: string): GraphReply {
  const token = /[?&]token=([^&]*)/.exec(path)?.[1] ?? 'all';
  const isCursor = token !== 'all' && !token.includes('-');
  const isGone = isCursor && Number(token) <= sharepoint.forgotten[object];
  if (isGone || (isCursor && chaos.strikes('delta token gone (410)', 0.06)))
    return reply(410, refusal('resyncRequired', 'Resync required.'), {
      location: `${GRAPH_URL}${path.split('?')[0]?.replace(GRAPH_URL, '') ?? ''}?token=all`,
    });
  const feed = sharepoint.feed[object];
  const [start = 'all', to = String(horizon(chaos, feed)), offset = '0'] = token.split('-');
  const told =
    start === 'all' ? enumerated(sharepoint, object, offset) : changed(feed, start, to).slice(Number(offset));
  const page = told.slice(0, PAGE);
  const value = page.flatMap((id) => element(sharepoint.item(object, id)));
  const link = (next: string): string => `${GRAPH_URL}${listRoot(path)}/items/delta?token=${next}`;
  if (page.length === told.length) return reply(200, { value, '@odata.deltaLink': link(to) });
  const next = start === 'all' ? page.at(-1) : Number(offset) + page.length - again(chaos);
  return reply(200, { value, '@odata.nextLink': link(`${start}-${to}-${next}`) });
}

/** A page may be cut anew, so that the next one tells an item again; it never leaves one out. */
function again(chaos: Chaos): number {
  return chaos.random.chance(0.2) ? 1 : 0;
}

/** Some feeds tell an item once, others every time that it changed. */
function changed(feed: readonly { readonly id: string }[], start: string, to: string): string[] {
  const ids = feed.slice(Number(start), Number(to)).map(({ id }) => id);
  return Number(start) % 2 === 0 ? [...new Set(ids)] : ids;
}

/** Everything up to here is shown; what is younger may take a moment to show. */
function horizon(chaos: Chaos, feed: readonly { readonly at: number }[]): number {
  let end = feed.length;
  for (let entry = feed[end - 1]; entry !== undefined && isLate(chaos, entry.at); entry = feed[end - 1])
    end--;
  return end;
}

function isLate(chaos: Chaos, at: number): boolean {
  return chaos.level > 0 && chaos.clock.now - at < LATE_MS && chaos.random.chance(0.3);
}

function enumerated(sharepoint: SharePoint, object: SimObject, after: string): string[] {
  const ids = sharepoint.live(object).map((item) => item.id);
  return ids.filter((id) => Number(id) > Number(after)).sort((a, b) => Number(a) - Number(b));
}

function element(item: Item | undefined): object[] {
  if (item === undefined) return [];
  return [item.deleted ? { id: item.id, deleted: { state: 'deleted' } } : shown(item)];
}

function shown(item: Item): object {
  const by = item.modifiedBy === 'user' ? { user: { displayName: 'A' } } : { application: { id: 'client' } };
  return {
    id: item.id,
    eTag: etagOf(item),
    lastModifiedDateTime: new Date(item.modifiedAt).toISOString(),
    lastModifiedBy: by,
    fields: { ...item.columns, '@odata.etag': etagOf(item) },
  };
}

function listRoot(path: string): string {
  return /\/sites\/.*\/lists\/list-(company|person)/.exec(path)?.[0] ?? '';
}

function reply(status: number, body: unknown, headers: Record<string, string> = {}): GraphReply {
  return { status, headers, body };
}

function refusal(code: string, message: string): object {
  return { error: { code, message } };
}
