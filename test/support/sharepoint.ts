/** Lists as a person sees and edits them in the browser. */
import { eventually } from './eventually.ts';
import { stackVariable } from './stack.ts';
import { LISTS } from './workspaces.ts';
import type { SyncedObject, Workspace } from './workspaces.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Item {
  readonly id: string;
  readonly eTag: string;
  readonly version: number;
  /** A blank column is not in it. */
  readonly fields: Fields;
  readonly modified: string;
  readonly modifiedBy: string;
}

export interface ListView {
  readonly id: string;
  readonly columns: readonly { readonly id: string; readonly name: string }[];
  readonly items: readonly Item[];
  readonly recycled: readonly Item[];
}

interface Tree {
  readonly tenants: readonly {
    readonly sites: readonly {
      readonly id: string;
      readonly path: string;
      readonly lists: readonly { readonly id: string; readonly name: string }[];
    }[];
  }[];
}

/** Where the list of an object is. */
export async function placeOf(
  workspace: Workspace,
  object: SyncedObject,
): Promise<{ siteId: string; listId: string }> {
  const { tenants } = (await call('GET', '/tree')) as Tree;
  const site = tenants.flatMap(({ sites }) => sites).find(({ path }) => path === workspace.site);
  const list = site?.lists.find(({ name }) => name === LISTS[object]);
  if (site === undefined || list === undefined)
    throw new Error(`${workspace.site} has no list ${LISTS[object]}`);
  return { siteId: site.id, listId: list.id };
}

export async function listView(workspace: Workspace, object: SyncedObject): Promise<ListView> {
  const { listId } = await placeOf(workspace, object);
  return (await call('GET', `/lists/${listId}`)) as ListView;
}

/** The live items that mirror a record. */
export async function itemsOf(workspace: Workspace, object: SyncedObject, recordId: string): Promise<Item[]> {
  const { items } = await listView(workspace, object);
  return items.filter(({ fields }) => fields['TwentyId'] === recordId);
}

export async function itemOf(
  workspace: Workspace,
  object: SyncedObject,
  recordId: string,
): Promise<Item | undefined> {
  const [item] = await itemsOf(workspace, object, recordId);
  return item;
}

/** Waits until the item of a record holds these columns; null says that a column is blank. Fails showing what it held. */
export async function itemWith(
  workspace: Workspace,
  object: SyncedObject,
  recordId: string,
  wanted: Fields,
  withinMs = 30_000,
): Promise<Item> {
  let held: Fields | undefined;
  try {
    return await eventually(
      'the item',
      async () => {
        const item = await itemOf(workspace, object, recordId);
        held = item && picked(item.fields, wanted);
        return item !== undefined && JSON.stringify(held) === JSON.stringify(wanted) ? item : undefined;
      },
      { withinMs },
    );
  } catch (error) {
    expect(held).toEqual(wanted);
    throw error;
  }
}

/** The values of the same columns as in `wanted`, in its order; a blank one is null. */
export function picked(fields: Fields, wanted: Fields): Fields {
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, fields[name] ?? null]));
}

const body = (fields: Fields = {}): object => ({ user: 'Robin Field', fields });

export async function addItem(workspace: Workspace, object: SyncedObject, fields: Fields): Promise<Item> {
  const { listId } = await placeOf(workspace, object);
  return (await call('POST', `/lists/${listId}/items`, body(fields))) as Item;
}

export async function editItem(
  workspace: Workspace,
  object: SyncedObject,
  itemId: string,
  fields: Fields,
): Promise<Item> {
  const { listId } = await placeOf(workspace, object);
  return (await call('PATCH', `/lists/${listId}/items/${itemId}`, body(fields))) as Item;
}

export async function deleteItem(workspace: Workspace, object: SyncedObject, itemId: string): Promise<void> {
  const { listId } = await placeOf(workspace, object);
  await call('DELETE', `/lists/${listId}/items/${itemId}`, body());
}

export async function restoreItem(workspace: Workspace, object: SyncedObject, itemId: string): Promise<void> {
  const { listId } = await placeOf(workspace, object);
  await call('POST', `/lists/${listId}/items/${itemId}/restore`, body());
}

export interface Faults {
  commitThen504: number;
  next503: number;
  next429: number;
  dropNotifications: number;
}

/** Sets counters of faults to come, and answers what is left of all of them. */
export async function faults(set: Partial<Faults> = {}): Promise<Faults> {
  return (await call('PATCH', '/faults', set)) as Faults;
}

export type Knobs = Readonly<Record<string, number>>;

/** Turns knobs of the simulated service, and answers how they stood. */
export async function turnKnobs(turned: Knobs): Promise<Knobs> {
  const before = (await call('GET', '/knobs')) as Knobs;
  await call('PATCH', '/knobs', turned);
  return Object.fromEntries(Object.keys(turned).map((name) => [name, before[name] ?? 0]));
}

/** Runs with knobs turned, and turns them back. */
export async function withKnobs<T>(turned: Knobs, run: () => Promise<T>): Promise<T> {
  const before = await turnKnobs(turned);
  try {
    return await run();
  } finally {
    await turnKnobs(before);
  }
}

async function call(method: string, path: string, content?: object): Promise<unknown> {
  const init =
    content === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content) };
  const response = await fetch(`${stackVariable('SYNC_SIMULATOR_URL')}/__sim${path}`, { method, ...init });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}
