import { eTag } from '../lists/etag.ts';
import { writeName } from '../lists/field-patch.ts';
import { wholeSeconds } from '../lists/timestamp.ts';
import type { FieldValue, Item, List, Site } from '../state/model.ts';
import { appLookupIdOf, guidFrom, identity, lookupIdOf } from './actor-payload.ts';
import type { ItemSelection } from './item-select.ts';

export interface ItemPlace {
  readonly site: Site;
  readonly list: List;
  /** Absolute address of the API root. */
  readonly base: string;
}

type Body = Record<string, unknown>;

export const ALL_FIELDS: ItemSelection = { fields: 'all', top: null };

/** An item as Graph shows it; `@odata.context` is added by the caller, who knows the address. */
export function itemBody(item: Item, place: ItemPlace, selection: ItemSelection): Body {
  const head = pick(itemHead(item, place), selection.top);
  if (selection.top?.includes('sharepointIds')) head['sharepointIds'] = sharepointIds(item, place);
  if (selection.fields === null) return head;
  return {
    ...head,
    'fields@odata.context': fieldsContext(item, place),
    fields: fieldsBody(item, place.list, selection.fields),
  };
}

/** A deleted item in delta: no fields, no eTag, no dates, no user. */
export function tombstoneBody(item: Item, place: ItemPlace): Body {
  return {
    id: String(item.id),
    parentReference: { siteId: place.site.id },
    contentType: contentType(place.list),
    deleted: { state: 'deleted' },
  };
}

/** `fields` (a fieldValueSet): blank columns are left out, never null. */
export function fieldsBody(item: Item, list: List, names: 'all' | readonly string[]): Body {
  const all = { '@odata.etag': eTag(item), ...ownFields(item, list), ...systemFields(item) };
  return names === 'all' ? all : pick(all, names);
}

export function listContext(place: ItemPlace): string {
  const siteId = encodeURIComponent(place.site.id);
  return `${place.base}/$metadata#sites('${siteId}')/lists('${place.list.id}')`;
}

export function fieldsContext(item: Item, place: ItemPlace): string {
  return `${listContext(place)}/items('${item.id}')/fields/$entity`;
}

function itemHead(item: Item, place: ItemPlace): Body {
  const { site, list } = place;
  return {
    '@odata.etag': eTag(item),
    createdDateTime: wholeSeconds(item.createdAt),
    eTag: eTag(item),
    id: String(item.id),
    lastModifiedDateTime: wholeSeconds(item.modifiedAt),
    webUrl: `https://${site.host}${site.path}/Lists/${encodeURIComponent(list.name)}/${item.id}_.000`,
    createdBy: identity(item.createdBy),
    lastModifiedBy: identity(item.modifiedBy),
    parentReference: { id: guidFrom(`folder ${list.id}`), siteId: site.id },
    contentType: contentType(list),
  };
}

function ownFields(item: Item, list: List): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  for (const column of list.columns) {
    const value = item.fields[column.name];
    if (value !== undefined) fields[writeName(column)] = value;
  }
  return fields;
}

function systemFields(item: Item): Body {
  const title = item.fields['Title'];
  const { createdBy, modifiedBy } = item;
  return {
    id: String(item.id),
    ContentType: 'Item',
    Modified: wholeSeconds(item.modifiedAt),
    Created: wholeSeconds(item.createdAt),
    AuthorLookupId: lookupIdOf(createdBy),
    EditorLookupId: lookupIdOf(modifiedBy),
    _UIVersionString: `${item.version}.0`,
    Attachments: false,
    Edit: '',
    ...(title === undefined ? {} : { LinkTitleNoMenu: title, LinkTitle: title }),
    ItemChildCount: '0',
    FolderChildCount: '0',
    _ComplianceFlags: '',
    _ComplianceTag: '',
    _ComplianceTagWrittenTime: '',
    _ComplianceTagUserId: '',
    ...(createdBy.kind === 'app' ? { AppAuthorLookupId: appLookupIdOf(createdBy.id) } : {}),
    ...(modifiedBy.kind === 'app' ? { AppEditorLookupId: appLookupIdOf(modifiedBy.id) } : {}),
  };
}

function contentType(list: List): Body {
  return { id: `0x0100${guidFrom(list.id).replaceAll('-', '').toUpperCase()}`, name: 'Item' };
}

function sharepointIds(item: Item, { site, list }: ItemPlace): Body {
  const [, siteId, webId] = site.id.split(',');
  return {
    listId: list.id,
    listItemId: String(item.id),
    listItemUniqueId: item.uniqueId,
    siteId,
    siteUrl: `https://${site.host}${site.path}`,
    tenantId: site.tenantId,
    webId,
  };
}

function pick(body: Body, names: readonly string[] | null): Body {
  if (names === null) return { ...body };
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => name.startsWith('@odata.') || names.includes(name)),
  );
}
