import { errorOf } from '../answers/error-of.ts';
import { isObject } from '../answers/json.ts';
import type { JsonObject } from '../answers/json.ts';
import { parseItem } from '../answers/parse-item.ts';
import { COST } from '../budget/costs.ts';
import type { DeltaPage, GraphClient, GraphReply, ListRef, Urgency } from '../port.ts';
import { isFolder } from './folder.ts';
import { elementsOf, linkIn } from './pages.ts';
import { listPath } from './paths.ts';
import { expectOk } from './refused.ts';

/**
 * Answer of a delta read. `resync`: start again from `link`, items it does not tell are deleted. `malformedToken`: our
 * own cursor is damaged, which is an alarm and no resync. `listGone`: there is no such list (any more).
 */
export type DeltaResult =
  | { readonly kind: 'page'; readonly page: DeltaPage }
  | { readonly kind: 'resync'; readonly link: string }
  | { readonly kind: 'malformedToken' }
  | { readonly kind: 'listGone' };

/** Reads one page: null enumerates from the start, 'latest' answers only a cursor for now, else a link of an earlier page. */
export async function readDelta(
  client: GraphClient,
  list: ListRef,
  link: string | null,
  urgency: Urgency = 1,
): Promise<DeltaResult> {
  const path = withFields(pathOf(list, link));
  const reply = await client.send({ method: 'GET', path, units: costOf(path) }, urgency);
  if (isResync(reply)) return { kind: 'resync', link: freshStart(list, path, reply.headers['location']) };
  if (reply.status === 400 && link !== null && link !== 'latest') return { kind: 'malformedToken' };
  if (reply.status === 404) return { kind: 'listGone' };
  return { kind: 'page', page: parsePage(expectOk(reply, 'read the changes').body) };
}

function pathOf(list: ListRef, link: string | null): string {
  const start = `${listPath(list)}/items/delta?$expand=fields`;
  if (link === null) return start;
  return link === 'latest' ? `${start}&token=latest` : link;
}

/** Where Graph says that an enumeration starts, unless that is on another host than the link it refused. */
function freshStart(list: ListRef, refused: string, location: string | undefined): string {
  const start = pathOf(list, null);
  if (location === undefined || !URL.canParse(location)) return start;
  const trusted = !URL.canParse(refused) || new URL(refused).origin === new URL(location).origin;
  return trusted ? location : start;
}

/** Some delta links come back without the expansion they were asked with. */
function withFields(path: string): string {
  if (/[?&](\$|%24)?expand=/i.test(path)) return path;
  return `${path}${path.includes('?') ? '&' : '?'}$expand=fields`;
}

function costOf(path: string): number {
  return /[?&](\$|%24)?(delta)?token=/i.test(path) ? COST.deltaWithToken : COST.deltaWithoutToken;
}

/** Documented and measured codes, in outer or inner position. */
const RESYNC_CODES = new Set([
  'resyncRequired',
  'resyncChangesApplyDifferences',
  'resyncChangesUploadDifferences',
  'resyncApplyDifferences',
  'resyncUploadDifferences',
  'syncStateNotFound',
]);

function isResync(reply: GraphReply): boolean {
  return (
    reply.status === 410 ||
    (reply.status >= 400 && errorOf(reply).codes.some((code) => RESYNC_CODES.has(code)))
  );
}

function parsePage(json: unknown): DeltaPage {
  const body: JsonObject = isObject(json) ? json : {};
  const elements = elementsOf(body);
  const telling = elements.filter((element) => typeof element['id'] === 'string');
  return {
    changes: lastPerItem(telling.filter((element) => !isFolder(element)).map(changeOf)),
    nextLink: linkIn(body, '@odata.nextLink'),
    deltaLink: linkIn(body, '@odata.deltaLink'),
    incomplete: telling.length < elements.length,
  };
}

type Change = DeltaPage['changes'][number];

/** Deletes come as a `deleted` facet or, from some stacks, as OData's `@removed`. */
function changeOf(element: JsonObject): Change {
  const id = String(element['id']);
  if (isObject(element['deleted']) || isObject(element['@removed'])) return { id, deleted: true };
  return { id, deleted: false, item: isObject(element['fields']) ? parseItem(element) : null };
}

function lastPerItem(changes: readonly Change[]): Change[] {
  const last = new Map<string, Change>();
  for (const change of changes) {
    last.delete(change.id);
    last.set(change.id, change);
  }
  return [...last.values()];
}
