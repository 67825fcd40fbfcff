import { refuse } from '../graph/refusal.ts';
import type { Refusal } from '../graph/refusal.ts';
import type { Item } from '../state/model.ts';
import type { Change, ListState } from '../state/state.ts';
import { decodeToken } from './delta-token.ts';
import type { DeltaToken } from './delta-token.ts';

export interface DeltaRules {
  readonly now: number;
  readonly pageSize: number;
  /** How long a change stays invisible to delta, in ms. */
  readonly visibilityMs: number;
  /** Age at which a token is answered with 410, in ms. */
  readonly retentionMs: number;
}

export interface DeltaPage {
  readonly items: readonly Item[];
  readonly token: DeltaToken;
  /** More pages follow: the token belongs in a nextLink, else in the deltaLink. */
  readonly more: boolean;
}

/** One page of the delta of a list: everything alive without a token, changes since then with one. */
export function readDelta(
  list: ListState,
  token: string | null,
  rules: DeltaRules,
): DeltaPage | Refusal | 'expired' {
  if (token === null) return enumerate(list, freshToken(list, rules), rules);
  if (token === 'latest')
    return { items: [], token: tokenAt(list, visibleSeq(list, rules), rules), more: false };
  const decoded = decodeToken(token);
  if (decoded === null || decoded.listId !== list.info.id || decoded.seq > list.seq) return malformed();
  if (decoded.epoch < list.info.epoch || rules.now - decoded.issuedAt > rules.retentionMs) return 'expired';
  return decoded.afterId === undefined
    ? changesSince(list, decoded.seq, rules)
    : enumerate(list, decoded, rules);
}

/** A token that starts a fresh enumeration. */
export function freshToken(list: ListState, rules: DeltaRules): DeltaToken {
  return { ...tokenAt(list, visibleSeq(list, rules), rules), afterId: 0 };
}

const malformed = (): Refusal => refuse(400, 'invalidRequest', 'Provided sync token is malformed');

function tokenAt(list: ListState, seq: number, rules: DeltaRules): DeltaToken {
  return { listId: list.info.id, epoch: list.info.epoch, issuedAt: rules.now, seq };
}

function enumerate(list: ListState, from: DeltaToken, rules: DeltaRules): DeltaPage {
  const after = from.afterId ?? 0;
  const rest = [...list.items.values()].filter((item) => item.id > after && !item.deleted);
  const items = rest.slice(0, rules.pageSize);
  if (rest.length === items.length) return { items, token: tokenAt(list, from.seq, rules), more: false };
  const afterId = items.at(-1)?.id ?? after;
  return { items, token: { ...tokenAt(list, from.seq, rules), afterId }, more: true };
}

/** Latest state per item: a change that a later one has overtaken is passed over. */
function changesSince(list: ListState, seq: number, rules: DeltaRules): DeltaPage {
  const items: Item[] = [];
  let last = seq;
  for (let at = firstAfter(list.changes, seq); at < list.changes.length; at += 1) {
    const change = list.changes[at];
    if (change === undefined || !isVisible(change, rules)) break;
    if (items.length === rules.pageSize) return { items, token: tokenAt(list, last, rules), more: true };
    const item = list.items.get(change.itemId);
    if (item?.seq === change.seq) items.push(item);
    last = change.seq;
  }
  return { items, token: tokenAt(list, last, rules), more: false };
}

const isVisible = (change: Change, rules: DeltaRules): boolean => change.at + rules.visibilityMs <= rules.now;

function visibleSeq(list: ListState, rules: DeltaRules): number {
  for (let at = list.changes.length - 1; at >= 0; at -= 1) {
    const change = list.changes[at];
    if (change !== undefined && isVisible(change, rules)) return change.seq;
  }
  return 0;
}

function firstAfter(changes: readonly Change[], seq: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
