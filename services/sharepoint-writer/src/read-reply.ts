/** What Graph's answers mean for a write. */
import { SyncError, etagNumber } from '@sync/core';
import { errorOf, etagOf, isDuplicate, isStale, parseItem } from '@sync/graph';
import type { GraphItem, GraphReply } from '@sync/graph';
import type { Request, Seen, SeenItem } from './job.ts';

/** Reads the answer to a create, update or delete. */
export function readReply(request: Request, reply: GraphReply): Seen {
  if (reply.status >= 200 && reply.status < 300) return readSuccess(request, reply);
  if (reply.status === 404) return { saw: 'missing' };
  if (isDuplicate(reply)) return { saw: 'duplicate' };
  if (isStale(reply)) return { saw: 'stale' };
  const { code, message } = errorOf(reply);
  const column = unknownColumn(reply.status, message);
  return column === null
    ? { saw: 'refused', status: reply.status, code, message }
    : { saw: 'unknownColumn', column };
}

function readSuccess(request: Request, reply: GraphReply): Seen {
  if (request.do === 'create') {
    const { id, etag } = parseItem(reply.body);
    return { saw: 'done', itemId: id, etag: numbered(etag) };
  }
  return { saw: 'done', itemId: 'itemId' in request ? request.itemId : '', etag: numbered(etagOf(reply)) };
}

/** SharePoint's words for a column the list does not have; older parts of it misspell them. */
function unknownColumn(status: number, message: string): string | null {
  const match = status === 400 ? /Field '([^']+)' is not recogn?i[sz]?ed/i.exec(message) : null;
  return match?.[1] ?? null;
}

/** An item as this service sees it. Throws GRAPH_UNAVAILABLE when its eTag has no version number to sort it by. */
export function seenItem(item: GraphItem): SeenItem {
  const { id, etag, modifiedAt, modifiedBy, fields } = item;
  if (numbered(etag) === null) {
    throw new SyncError('GRAPH_UNAVAILABLE', 'reading an item: its eTag has no version number', {
      detail: { itemId: id },
    });
  }
  return { id, etag, modifiedAt: modifiedAt === 0 ? null : modifiedAt, modifiedBy, fields };
}

function numbered(etag: string | null): string | null {
  if (etag === null) return null;
  try {
    etagNumber(etag);
    return etag;
  } catch {
    return null;
  }
}
