/** Reads one list and moves its cursor; everything that can happen to a list as a whole is settled here. */
import { drop, emit, listKey, to, topics } from '@sync/core';
import type { Cursor, ItemIndex, ListBinding, Outcome, OutRecord, WorkspaceConfig } from '@sync/core';
import { GraphRefusedError } from '@sync/graph';
import type { Store, Table } from '@sync/runtime';
import { activeConfig, bindingOf, isOwnLink } from './bindings.ts';
import type { Config } from './config.ts';
import type { DeltaMetrics } from './metrics.ts';
import { lookAgain } from './look-again.ts';
import type { Owners } from './owners.ts';
import { readRound, tellSingly } from './round.ts';
import type { Feed, RoundEnd, RoundParts } from './round.ts';
import type { Schedule } from './schedule.ts';
import type { Unread } from './unread.ts';

export interface ReaderParts {
  readonly config: Pick<
    Config,
    'graphUrl' | 'pauseSeconds' | 'overdueSeconds' | 'vanishAtLeast' | 'vanishPercent'
  >;
  readonly lists: Table<ListBinding>;
  readonly configs: Table<WorkspaceConfig>;
  readonly cursors: Store<Cursor>;
  readonly items: Store<ItemIndex>;
  /** What the mapping tells of items. */
  readonly owners: Pick<Owners, 'records' | 'lives' | 'isLeft'>;
  readonly unread: Unread;
  readonly schedule: Schedule;
  /** Are the lists of this tenant ours to read now? */
  readonly owns: (tenantId: string) => boolean;
  readonly feedOf: (binding: ListBinding, config: WorkspaceConfig) => Feed;
  readonly send: (records: readonly OutRecord[]) => Promise<void>;
  readonly now: () => number;
  readonly log: Record<'warn' | 'error', (detail: object, message: string) => void>;
  readonly metrics: DeltaMetrics;
}

/** Reads the list of this key from its cursor on. Outages of Graph and Kafka are thrown: the list waits. */
export async function readList(key: string, parts: ReaderParts): Promise<Outcome> {
  const startedAt = parts.now();
  parts.schedule.begin(key, startedAt);
  if (parts.schedule.isPaused(key, startedAt)) return drop('list-paused');
  const binding = bindingOf(key, parts.lists.entries());
  if (binding === undefined) return drop('list-unknown');
  // It may have waited so long that another instance took over.
  if (!parts.owns(binding.tenantId)) return drop('list-not-ours');
  const config = activeConfig(binding, parts.configs.get(binding.workspaceId));
  if (config === undefined) return drop('list-not-synced');
  const cursor = usableCursor(key, parts);
  const round = roundParts(binding, config, parts);
  const end = await refusedAsEnd(readRound(cursor?.deltaLink ?? null, round));
  if (end.kind === 'done') await tellSingly(overdue(key, startedAt, parts), round);
  if (end.kind !== 'refused' && end.kind !== 'listGone') await lookAgain(parts.owners.lives, round);
  parts.metrics.count('sync_delta_rounds_total', { end: end.kind });
  if (end.kind !== 'done') return rest(key, end, parts);
  if (end.deltaLink === cursor?.deltaLink) return drop('nothing-new');
  const moved: Cursor = { deltaLink: end.deltaLink, round: (cursor?.round ?? 0) + 1, readAt: startedAt };
  return emit([to(topics.cursors, key, moved, binding.tenantId)]);
}

/** Items that a complete reading, begun at this time, should have told of. */
function overdue(key: string, startedAt: number, { config, unread }: ReaderParts): string[] {
  return unread.of(key, startedAt - config.overdueSeconds * 1000);
}

function usableCursor(key: string, { cursors, config, log }: ReaderParts): Cursor | undefined {
  const cursor = cursors.get(key);
  if (cursor === undefined || isOwnLink(cursor.deltaLink, config.graphUrl)) return cursor;
  log.warn({ list: key }, 'The cursor belongs to another Graph address; reading the whole list.');
  return undefined;
}

/** What a look at this list needs. */
export function roundParts(binding: ListBinding, config: WorkspaceConfig, parts: ReaderParts): RoundParts {
  const { items, metrics, log, send, now } = parts;
  const list = listKey(binding);
  return {
    list: binding,
    feed: parts.feedOf(binding, config),
    limits: { atLeast: parts.config.vanishAtLeast, percent: parts.config.vanishPercent },
    indexOf: (key) => items.get(key),
    ownerOf: (key) => parts.owners.records.get(key),
    isLeft: (key, recordId) => parts.owners.isLeft(key, recordId),
    knownItems: () => liveItems(list, items.entries()),
    unreadItems: () => parts.unread.of(list),
    send,
    now,
    onPublished: (changes, dropped) => {
      metrics.count('sync_delta_changes_total', {}, changes);
      for (const reason of dropped) metrics.count('sync_delta_dropped_total', { reason });
    },
    onRestart: (reason) => {
      metrics.count('sync_delta_restarts_total', { reason });
      const level = reason === 'malformedToken' ? 'error' : 'warn';
      log[level]({ list, reason }, 'The cursor is of no use; reading the whole list.');
    },
  };
}

function liveItems(list: string, entries: Iterable<[string, ItemIndex]>): string[] {
  const prefix = `${list}|`;
  return [...entries]
    .filter(([key, { deleted }]) => !deleted && key.startsWith(prefix))
    .map(([key]) => key.slice(prefix.length));
}

type Refused = { readonly kind: 'refused'; readonly message: string };
type BadEnd = Exclude<RoundEnd, { kind: 'done' }> | Refused;

/** A list that Graph refuses to read rests; the others go on. */
async function refusedAsEnd(round: Promise<RoundEnd>): Promise<RoundEnd | Refused> {
  try {
    return await round;
  } catch (error) {
    if (error instanceof GraphRefusedError) return { kind: 'refused', message: error.message };
    throw error;
  }
}

const ADVICE: Readonly<Record<BadEnd['kind'], string>> = {
  listGone:
    'The list is gone; its items are not told as deleted. Restore it, or let the list-keeper make it again.',
  held: 'Too many items vanished at once; none is told as deleted. Check the list; to let them go, raise SYNC_VANISH_AT_LEAST.',
  incomplete: 'The delta feed is broken from its start; the items were compared one by one.',
  refused: 'Graph refused to read the list.',
};

function rest(key: string, end: BadEnd, { schedule, config, log, metrics, now }: ReaderParts): Outcome {
  schedule.pauseUntil(key, now() + config.pauseSeconds * 1000);
  if (end.kind === 'held') metrics.count('sync_delta_held_deletes_total', {}, end.missing);
  log[end.kind === 'incomplete' ? 'warn' : 'error']({ list: key, ...end }, ADVICE[end.kind]);
  return drop(`list-${end.kind === 'listGone' ? 'gone' : end.kind}`);
}
