import type { ListRef } from '../port.ts';

/** A path segment, escaped; the commas of a site id stay as Microsoft writes them. */
export function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',');
}

/** `/sites/{id}` */
export function sitePath(siteId: string): string {
  return `/sites/${segment(siteId)}`;
}

/** `/sites/{id}/lists/{id}` */
export function listPath(list: ListRef): string {
  return `${sitePath(list.siteId)}/lists/${segment(list.listId)}`;
}

/** `/sites/{id}/lists/{id}/items/{id}` */
export function itemPath(list: ListRef, itemId: string): string {
  return `${listPath(list)}/items/${segment(itemId)}`;
}
