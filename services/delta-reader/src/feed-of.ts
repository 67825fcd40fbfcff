import { enumerateItems, readDelta, readItem } from '@sync/graph';
import type { Application, GraphClient, ListRef } from '@sync/graph';
import type { Feed } from './round.ts';

/** The delta feed of a list, through the client of its application. */
export function feedOf(
  clients: (application: Application) => GraphClient,
): (list: ListRef, application: Application) => Feed {
  return (list, application) => {
    const client = clients(application);
    return {
      page: (link) => readDelta(client, list, link),
      item: (itemId) => readItem(client, list, itemId),
      all: () => enumerateItems(client, list),
    };
  };
}
