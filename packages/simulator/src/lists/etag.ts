import { refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Item } from '../state/model.ts';

/** How a stale If-Match is answered; what the real service does on `/fields` is not documented. */
export type IfMatchMode = 'honour' | 'ignore' | 'conflict409';

/** The quotes are part of the value. */
export function eTag(item: Pick<Item, 'uniqueId' | 'version'>): string {
  return `"${item.uniqueId},${item.version}"`;
}

export function preconditionRefusal(
  item: Item,
  precondition: { readonly ifMatch: string | undefined; readonly mode: IfMatchMode },
): Refusal | undefined {
  const { ifMatch, mode } = precondition;
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === eTag(item) || mode === 'ignore')
    return undefined;
  if (mode === 'conflict409') {
    const message = 'The resource has changed since the caller last read it; usually an eTag mismatch';
    return refuse(409, 'resourceModified', message);
  }
  return refuse(412, 'resourceModified', "ETag does not match current item's value", {
    innerCode: 'entityTagDoesNotMatch',
  });
}
