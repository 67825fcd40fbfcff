/** Makes the requests; decides nothing. */
import { IDENTITY_COLUMN, SyncError } from '@sync/core';
import type { SharePointWrite } from '@sync/core';
import {
  GraphRefusedError,
  createItemCall,
  deleteItemCall,
  findItemByColumn,
  readItem,
  updateItemCall,
} from '@sync/graph';
import type { GraphCall, GraphClient, GraphItem, ListRef, Urgency } from '@sync/graph';
import type { Request, Seen } from './job.ts';
import { readReply, seenItem } from './read-reply.ts';

/** Sends requests for one command; throws what must be waited for. */
export function performer(
  client: GraphClient,
  command: SharePointWrite,
  urgency: Urgency,
): (request: Request) => Promise<Seen> {
  const list: ListRef = { siteId: command.siteId, listId: command.listId };
  return async (request) => {
    switch (request.do) {
      case 'read':
        return look(() => readItem(client, list, request.itemId, urgency));
      case 'find':
        return look(() => findItemByColumn(client, list, IDENTITY_COLUMN, command.recordId, urgency));
      case 'create':
        return create(client, createItemCall(list, request.columns), urgency);
      case 'update': {
        const call = updateItemCall(list, request.itemId, request.columns, request.etag);
        return readReply(request, await client.send(call, urgency));
      }
      case 'delete':
        return readReply(
          request,
          await client.send(deleteItemCall(list, request.itemId, request.etag), urgency),
        );
    }
  };
}

/** A create that was cut off may have happened; everything else that must be waited for did not. */
async function create(client: GraphClient, call: GraphCall, urgency: Urgency): Promise<Seen> {
  try {
    return readReply({ do: 'create', columns: {} }, await client.send(call, urgency));
  } catch (error) {
    if (error instanceof SyncError && error.code === 'GRAPH_UNAVAILABLE') return { saw: 'doubtful', error };
    throw error;
  }
}

/** A search that Graph refuses says nothing about the item: the list or its identity column is missing. */
async function look(read: () => Promise<GraphItem | null>): Promise<Seen> {
  try {
    const item = await read();
    return item === null ? { saw: 'nothing' } : { saw: 'item', item: seenItem(item) };
  } catch (cause) {
    if (!(cause instanceof GraphRefusedError)) throw cause;
    const { status, code } = cause;
    throw new SyncError('LIST_NOT_READY', 'looking for an item: the list cannot be searched', {
      cause,
      detail: { status, code },
    });
  }
}
