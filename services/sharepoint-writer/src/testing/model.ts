/** A SharePoint list of one record in memory, for the property test: with users, lost answers, and a memory of all that was. */
import { SyncError, sharepointGone } from '@sync/core';
import { etag, version } from './fixtures.ts';
import type { Columns, Request, Seen, SeenItem } from '../job.ts';

/** What may go wrong with a request: cut off before it arrived, or after it was carried out. */
export type Fault = 'none' | 'lostBefore' | 'lostAfter';

export interface Model {
  readonly items: Map<string, SeenItem>;
  /** Every state there was, by version. */
  readonly history: Map<string, Columns>;
  /** What the writer must never have done. */
  readonly violations: string[];
  /** How many items were made so far. */
  made(): number;
  perform(request: Request, basis: string, fault: Fault): Promise<Seen>;
  edit(column: string, value: string): void;
  remove(): void;
}

export function createModel(): Model {
  const items = new Map<string, SeenItem>();
  const history = new Map<string, Columns>();
  const violations: string[] = [];
  const byUser: { itemId: string; version: string }[] = [];
  let lastId = 0;

  function put(id: string, number: number, fields: Columns): void {
    items.set(id, { id, etag: etag(number), modifiedAt: 0, modifiedBy: 'user', fields });
    history.set(version(number, id), fields);
  }

  function change(item: SeenItem, columns: Columns): string {
    const number = Number(item.etag.replace(/\D/g, '')) + 1;
    put(item.id, number, { ...item.fields, ...columns });
    return etag(number);
  }

  /** The heart of the matter: whatever a user did to this item, the decision must have seen it. */
  function checkSeen(itemId: string, basis: string): void {
    const unseen = byUser.filter((edit) => edit.itemId === itemId && edit.version > basis);
    if (unseen.length > 0)
      violations.push(`item ${itemId} was written on ${basis} over ${unseen[0]?.version}`);
  }

  function create(columns: Columns): Seen {
    if (items.size > 0) return { saw: 'duplicate' };
    lastId += 1;
    put(String(lastId), 1, columns);
    return { saw: 'done', itemId: String(lastId), etag: etag(1) };
  }

  function conditional(request: Extract<Request, { etag: string }>, basis: string): Seen {
    const item = items.get(request.itemId);
    if (item === undefined) return { saw: 'missing' };
    if (item.etag !== request.etag) return { saw: 'stale' };
    checkSeen(item.id, basis);
    if (request.do === 'update') return { saw: 'done', itemId: item.id, etag: change(item, request.columns) };
    items.delete(item.id);
    return { saw: 'done', itemId: item.id, etag: null };
  }

  function carryOut(request: Request, basis: string): Seen {
    if (request.do === 'create') return create(request.columns);
    if (request.do === 'update' || request.do === 'delete') return conditional(request, basis);
    const item = request.do === 'read' ? items.get(request.itemId) : [...items.values()][0];
    return item === undefined ? { saw: 'nothing' } : { saw: 'item', item };
  }

  async function perform(request: Request, basis: string, fault: Fault): Promise<Seen> {
    const error = new SyncError('GRAPH_UNAVAILABLE', 'cut off');
    const seen = fault === 'lostBefore' ? null : carryOut(request, basis);
    if (fault === 'none' && seen !== null) return seen;
    if (request.do === 'create') return { saw: 'doubtful', error };
    throw error;
  }

  function edit(column: string, value: string): void {
    for (const item of items.values()) {
      const number = Number(change(item, { [column]: value }).replace(/\D/g, ''));
      byUser.push({ itemId: item.id, version: version(number, item.id) });
    }
  }

  return { items, history, violations, made: () => lastId, perform, edit, remove: () => items.clear() };
}

/** Where the item of a model stands, for a decision that has just seen it. */
export function basisNow(model: Model, before: Basis): Basis {
  const [item] = model.items.values();
  if (item !== undefined)
    return {
      itemId: item.id,
      etag: item.etag,
      basis: version(Number(item.etag.replace(/\D/g, '')), item.id),
    };
  if (before.itemId === null) return before;
  return {
    itemId: before.itemId,
    etag: null,
    basis: sharepointGone({ itemId: before.itemId, generation: 0 }),
  };
}

export interface Basis {
  readonly itemId: string | null;
  readonly etag: string | null;
  readonly basis: string;
}

export const NOTHING_SEEN: Basis = { itemId: null, etag: null, basis: '' };
