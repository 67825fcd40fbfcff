import { idIn, objectOf, textIn } from '../answers/json.ts';
import { COST } from '../budget/costs.ts';
import type { GraphClient, Urgency } from '../port.ts';
import type { ColumnDefinition } from './columns.ts';
import { readAll } from './pages.ts';
import { sitePath } from './paths.ts';
import { expectOk, GraphRefusedError } from './refused.ts';

/** A list as far as we need it; `name` is its part of the URL and stays when a user renames the list. */
export interface GraphList {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly webUrl: string;
}

/** The list with this title (as users see it) or, failing that, with this name in the URL; or null. */
export async function findList(
  client: GraphClient,
  siteId: string,
  name: string,
  urgency: Urgency = 1,
): Promise<GraphList | null> {
  const path = `${sitePath(siteId)}/lists?$select=id,name,displayName,webUrl,list`;
  const lists: GraphList[] = [];
  for await (const json of readAll(client, path, 'read the lists', urgency)) lists.push(parseList(json));
  return (
    lists.find((list) => same(list.displayName, name)) ?? lists.find((list) => same(list.name, name)) ?? null
  );
}

/** Creates a list with all its columns in one request; when it exists already (409), answers the existing one. */
export async function createList(
  client: GraphClient,
  siteId: string,
  name: string,
  columns: readonly ColumnDefinition[],
  urgency: Urgency = 1,
): Promise<GraphList> {
  const body = { displayName: name, columns, list: { template: 'genericList' } };
  const path = `${sitePath(siteId)}/lists`;
  const reply = await client.send({ method: 'POST', path, body, units: COST.write }, urgency);
  if (reply.status !== 409) return parseList(expectOk(reply, `create the list ${name}`).body);
  const existing = await findList(client, siteId, name, urgency);
  if (existing === null) throw new GraphRefusedError(`create the list ${name}`, reply);
  return existing;
}

function parseList(json: unknown): GraphList {
  const list = objectOf(json);
  return {
    id: idIn(list),
    name: textIn(list, 'name'),
    displayName: textIn(list, 'displayName'),
    webUrl: textIn(list, 'webUrl'),
  };
}

/** SharePoint compares titles without regard to case. */
function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
