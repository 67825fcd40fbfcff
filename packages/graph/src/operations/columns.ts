import { idIn, objectOf, textIn } from '../answers/json.ts';
import { COST } from '../budget/costs.ts';
import type { GraphClient, ListRef, Urgency } from '../port.ts';
import { readAll } from './pages.ts';
import { listPath } from './paths.ts';
import { expectOk, GraphRefusedError } from './refused.ts';

/** A column to create; exactly one facet (`text`, `number`, `dateTime`, …) beside the common properties. */
export interface ColumnDefinition {
  /** Internal name: fixed for ever, case-sensitive. */
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly indexed?: boolean;
  readonly enforceUniqueValues?: boolean;
  readonly text?: Readonly<Record<string, unknown>>;
  readonly number?: Readonly<Record<string, unknown>>;
  readonly dateTime?: Readonly<Record<string, unknown>>;
  readonly boolean?: Readonly<Record<string, unknown>>;
  readonly choice?: Readonly<Record<string, unknown>>;
  readonly currency?: Readonly<Record<string, unknown>>;
}

/** A column that exists; its facet is in it under the facet's name. */
export interface GraphColumn {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly indexed: boolean;
  readonly enforceUniqueValues: boolean;
  readonly readOnly: boolean;
  readonly [facet: string]: unknown;
}

/** All columns of a list, SharePoint's own too. */
export async function listColumns(
  client: GraphClient,
  list: ListRef,
  urgency: Urgency = 1,
): Promise<GraphColumn[]> {
  const columns: GraphColumn[] = [];
  const path = `${listPath(list)}/columns`;
  for await (const json of readAll(client, path, 'read the columns', urgency))
    columns.push(parseColumn(json));
  return columns;
}

/**
 * Creates one column. On 409 the column may have been created all the same, so it is looked up before the refusal is
 * believed. Call it for one column of a list at a time: parallel creations end in save conflicts.
 */
export async function createColumn(
  client: GraphClient,
  list: ListRef,
  column: ColumnDefinition,
  urgency: Urgency = 1,
): Promise<GraphColumn> {
  const call = {
    method: 'POST',
    path: `${listPath(list)}/columns`,
    body: column,
    units: COST.write,
  } as const;
  const reply = await client.send(call, urgency);
  const what = `create the column ${column.name}`;
  if (reply.status !== 409) return parseColumn(expectOk(reply, what).body);
  const existing = (await listColumns(client, list, urgency)).find(({ name }) => name === column.name);
  if (existing === undefined) throw new GraphRefusedError(what, reply);
  return existing;
}

/** Creates the columns that are missing, one after another, and answers what the list has then. */
export async function ensureColumns(
  client: GraphClient,
  list: ListRef,
  wanted: readonly ColumnDefinition[],
  urgency: Urgency = 1,
): Promise<GraphColumn[]> {
  const present = new Set((await listColumns(client, list, urgency)).map((column) => column.name));
  for (const column of wanted) {
    if (!present.has(column.name)) await createColumn(client, list, column, urgency);
  }
  return listColumns(client, list, urgency);
}

function parseColumn(json: unknown): GraphColumn {
  const column = objectOf(json);
  const name = textIn(column, 'name');
  return {
    ...column,
    id: idIn(column),
    name,
    displayName: textIn(column, 'displayName') || name,
    indexed: column['indexed'] === true,
    enforceUniqueValues: column['enforceUniqueValues'] === true,
    readOnly: column['readOnly'] === true,
  };
}
