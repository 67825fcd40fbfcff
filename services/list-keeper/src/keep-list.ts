/** Makes one list be as it should: finds or creates it, adds missing columns, and says what is bound. */
import { listColumnsOf } from '@sync/core';
import type { ColumnSpec, ListBinding } from '@sync/core';
import { GraphRefusedError } from '@sync/graph';
import { definitionOf } from './column-definition.ts';
import type { Definition } from './column-definition.ts';
import { bind, missingColumns, wantedFields } from './plan-list.ts';
import type { ActualColumn, WantedFields } from './plan-list.ts';
import { listNameOf } from './targets.ts';
import type { Target } from './targets.ts';

export interface ListPlace {
  readonly siteId: string;
  readonly listId: string;
}

interface FoundList {
  readonly id: string;
  readonly webUrl: string;
}

/** What Graph is asked for. */
export interface Sites {
  /** The id of the site at a path, null when there is none. */
  siteId(host: string, path: string): Promise<string | null>;
  find(siteId: string, name: string): Promise<FoundList | null>;
  create(siteId: string, name: string, columns: readonly Definition[]): Promise<FoundList>;
  /** All columns of a list, null when the list is gone. */
  columns(place: ListPlace): Promise<readonly ActualColumn[] | null>;
  hasItems(place: ListPlace): Promise<boolean>;
  addColumn(place: ListPlace, column: Definition): Promise<void>;
}

export type Kept =
  | { readonly kind: 'bound'; readonly binding: ListBinding; readonly created: number }
  | { readonly kind: 'unusable'; readonly reason: string };

/** A list with its columns. */
interface Seen extends ListPlace {
  readonly webUrl: string;
  readonly columns: readonly ActualColumn[];
}

/** Graph creates `Title` with every list. */
const TITLE = 'Title';

/** `before` is the last binding: its list is found again by its id, whatever people call it now. */
export async function keepList(target: Target, before: ListBinding | undefined, sites: Sites): Promise<Kept> {
  const { siteHost, sitePath } = target.workspace;
  const siteId = await sites.siteId(siteHost, sitePath);
  if (siteId === null)
    return unusable(`there is no site ${sitePath} on ${siteHost}, or the application may not see it`);
  const wanted = wantedFields(target.mapping, target.has);
  const known = before?.siteId === siteId && before.listName === listNameOf(target) ? before : undefined;
  const seen = (await lookAgain(known, sites)) ?? (await findOrCreate(siteId, target, wanted, sites));
  if (seen === null) return unusable('the list vanished while it was looked at');
  // An empty mapping beside a full list: everything would be made once more, on both sides.
  if (known === undefined && !target.object.adopt && (await sites.hasItems(seen)))
    return unusable(
      `the list ${listNameOf(target)} holds items already and none of them is mapped: name another list, or set adopt: true for the object to match them by TwentyId`,
    );
  return complete(seen, target, wanted, sites);
}

async function lookAgain(known: ListBinding | undefined, sites: Sites): Promise<Seen | null> {
  if (known === undefined) return null;
  const columns = await sites.columns(known);
  return columns === null ? null : { ...known, columns };
}

async function findOrCreate(
  siteId: string,
  target: Target,
  wanted: WantedFields,
  sites: Sites,
): Promise<Seen | null> {
  const name = listNameOf(target);
  const specs = listColumnsOf(wanted.fields).filter((spec) => spec.name !== TITLE);
  const list =
    (await sites.find(siteId, name)) ?? (await sites.create(siteId, name, specs.map(definitionOf)));
  const place = { siteId, listId: list.id };
  const columns = await sites.columns(place);
  return columns === null ? null : { ...place, webUrl: list.webUrl, columns };
}

async function complete(seen: Seen, target: Target, wanted: WantedFields, sites: Sites): Promise<Kept> {
  const missing = missingColumns(wanted.fields, seen.columns);
  const refused = await addColumns(seen, missing, sites);
  const columns = missing.length === 0 ? seen.columns : ((await sites.columns(seen)) ?? seen.columns);
  const bound = bind(wanted, columns, refused);
  if (bound.kind === 'unusable') return bound;
  const { workspaceId, tenantId } = target.workspace;
  const binding: ListBinding = {
    workspaceId,
    object: target.object.name,
    tenantId,
    siteId: seen.siteId,
    listId: seen.listId,
    listName: listNameOf(target),
    webUrl: seen.webUrl,
    fields: bound.fields,
    skipped: bound.skipped,
    pollSeconds: target.object.pollSeconds,
    metadataVersion: target.metadataVersion,
  };
  return { kind: 'bound', binding, created: missing.length - refused.size };
}

/** One after another: columns created side by side end in save conflicts. Returns why any was refused. */
async function addColumns(
  place: ListPlace,
  missing: readonly ColumnSpec[],
  sites: Sites,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (const spec of missing) {
    try {
      await sites.addColumn(place, definitionOf(spec));
    } catch (error) {
      if (!(error instanceof GraphRefusedError)) throw error;
      refused.set(spec.name, error.message);
    }
  }
  return refused;
}

function unusable(reason: string): Kept {
  return { kind: 'unusable', reason };
}
