/** Sites, lists and columns of one application in Microsoft Graph. */
import {
  GraphRefusedError,
  createColumn,
  createList,
  findList,
  hasItems,
  listColumns,
  siteByPath,
} from '@sync/graph';
import type { GraphClient } from '@sync/graph';
import { actualColumn } from './column-definition.ts';
import type { Sites } from './keep-list.ts';
import type { ActualColumn } from './plan-list.ts';

/** This service's share of the quota is its own: nobody more urgent waits for it. */
const URGENCY = 0;

/** Sites are looked up once; their ids never change. */
export function openSites(client: GraphClient): Sites {
  const siteIds = new Map<string, string>();
  return {
    siteId: async (host, path) => {
      const id = siteIds.get(`${host}${path}`) ?? (await siteByPath(client, host, path, URGENCY))?.id ?? null;
      if (id !== null) siteIds.set(`${host}${path}`, id);
      return id;
    },
    find: (siteId, name) => findList(client, siteId, name, URGENCY),
    create: (siteId, name, columns) => createList(client, siteId, name, columns, URGENCY),
    columns: (place) =>
      goneAsNull(listColumns(client, place, URGENCY).then((told) => told.map(actualColumn))),
    hasItems: (place) => hasItems(client, place, URGENCY),
    addColumn: async (place, column) => {
      await createColumn(client, place, column, URGENCY);
    },
  };
}

async function goneAsNull(columns: Promise<ActualColumn[]>): Promise<ActualColumn[] | null> {
  try {
    return await columns;
  } catch (error) {
    if (error instanceof GraphRefusedError && error.status === 404) return null;
    throw error;
  }
}
