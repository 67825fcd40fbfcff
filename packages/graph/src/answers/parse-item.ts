import type { GraphItem, GraphReply } from '../port.ts';
import { idIn, isObject, objectOf } from './json.ts';
import type { JsonObject } from './json.ts';

/** Reads one listItem; throws GRAPH_UNAVAILABLE when it is none (it has no id). */
export function parseItem(json: unknown): GraphItem {
  const item = objectOf(json);
  return {
    id: idIn(item),
    etag: etagIn(item) ?? '',
    modifiedAt: timeOf(item['lastModifiedDateTime']),
    ...editorOf(item['lastModifiedBy']),
    fields: filledColumns(item['fields']),
  };
}

/** The etag an answer carries (create, read, and the field set that a PATCH answers), or null. */
export function etagOf(reply: GraphReply): string | null {
  return (isObject(reply.body) ? etagIn(reply.body) : null) ?? reply.headers['etag'] ?? null;
}

function etagIn(item: JsonObject): string | null {
  const fields = isObject(item['fields']) ? item['fields'] : {};
  const found = item['eTag'] ?? item['@odata.etag'] ?? fields['@odata.etag'];
  return typeof found === 'string' ? found : null;
}

function timeOf(text: unknown): number {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}

/** An application that writes for itself is named beside a user called "SharePoint App"; a person stands alone. */
function editorOf(by: unknown): Pick<GraphItem, 'modifiedBy' | 'applicationId'> {
  const { application, user } = isObject(by) ? by : {};
  if (!isObject(application)) return { modifiedBy: isObject(user) ? 'user' : 'unknown', applicationId: null };
  const id = application['id'];
  return { modifiedBy: 'application', applicationId: typeof id === 'string' ? id : null };
}

/** Graph omits blank columns, except a few of its own which it sends as ''; annotations (`x@odata.y`) are no columns. */
function filledColumns(fields: unknown): Record<string, unknown> {
  if (!isObject(fields)) return {};
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => !isBlank(value) && !name.includes('@')),
  );
}

function isBlank(value: unknown): boolean {
  return value === null || value === '' || value === undefined;
}
