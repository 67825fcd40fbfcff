import type { Fact, FieldValue, Item, List, Site, Subscription, Tenant } from './model.ts';
import { ValueIndex } from './value-index.ts';

export interface Change {
  readonly seq: number;
  readonly itemId: number;
  readonly at: number;
}

export interface ListState {
  info: List;
  readonly items: Map<number, Item>;
  /** Ordered by `seq`; an item may occur several times, its last occurrence counts. */
  readonly changes: Change[];
  readonly index: ValueIndex;
  lastId: number;
  seq: number;
}

export interface SimState {
  readonly tenants: Map<string, Tenant>;
  readonly sites: Map<string, Site>;
  readonly lists: Map<string, ListState>;
  readonly subscriptions: Map<string, Subscription>;
}

export function emptyState(): SimState {
  return { tenants: new Map(), sites: new Map(), lists: new Map(), subscriptions: new Map() };
}

/** Takes one fact into the state. Facts carry whole values, so applying one twice changes nothing. */
export function apply(state: SimState, fact: Fact): void {
  switch (fact.t) {
    case 'tenant':
      state.tenants.set(fact.tenant.id, fact.tenant);
      return;
    case 'site':
      state.sites.set(fact.site.id, fact.site);
      return;
    case 'list':
      applyList(state, fact.list);
      return;
    case 'item':
      applyItem(state, fact.listId, fact.item);
      return;
    case 'subscription':
      state.subscriptions.set(fact.subscription.id, fact.subscription);
      return;
    case 'unsubscribed':
      state.subscriptions.delete(fact.id);
  }
}

function applyList(state: SimState, info: List): void {
  const known = state.lists.get(info.id);
  if (known === undefined) {
    const index = new ValueIndex(indexedNames(info));
    state.lists.set(info.id, { info, items: new Map(), changes: [], index, lastId: 0, seq: 0 });
    return;
  }
  known.info = info;
  known.index.reset(indexedNames(info), known.items.values());
}

function indexedNames(info: List): string[] {
  return info.columns.filter((column) => column.indexed).map((column) => column.name);
}

function applyItem(state: SimState, listId: string, item: Item): void {
  const list = state.lists.get(listId);
  if (list === undefined) throw new Error(`journal names list ${listId} before the list was created`);
  const before = list.items.get(item.id);
  if (before !== undefined) list.index.remove(before);
  list.items.set(item.id, item);
  list.index.add(item);
  if (before?.seq !== item.seq) list.changes.push({ seq: item.seq, itemId: item.id, at: item.changedAt });
  list.lastId = Math.max(list.lastId, item.id);
  list.seq = Math.max(list.seq, item.seq);
}

/** The shortest list of facts that rebuilds this state; one change per item is left in the change log. */
export function* compacted(state: SimState): Generator<Fact> {
  for (const tenant of state.tenants.values()) yield { t: 'tenant', tenant };
  for (const site of state.sites.values()) yield { t: 'site', site };
  for (const list of state.lists.values()) {
    yield { t: 'list', list: list.info };
    for (const item of list.items.values()) yield { t: 'item', listId: list.info.id, item };
  }
  for (const subscription of state.subscriptions.values()) yield { t: 'subscription', subscription };
}

/** Rebuilds the state from stored facts, which a compaction may have left in item order. */
export function rebuild(facts: Iterable<Fact>): SimState {
  const state = emptyState();
  for (const fact of facts) apply(state, fact);
  for (const list of state.lists.values()) list.changes.sort((a, b) => a.seq - b.seq);
  return state;
}

/** Live items whose indexed column holds the value; text compares without regard to case. */
export function itemsWithValue(list: ListState, column: string, value: FieldValue): Item[] {
  return list.index
    .find(column, value)
    .map((id) => list.items.get(id))
    .filter((item) => item !== undefined);
}
