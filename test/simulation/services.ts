/** The production services on the simulated ports. What their main files do with the environment, this file does with the world. */
import { createRecent, drop, listKey, topics } from '@sync/core';
import type { Topology } from '@sync/core';
import { enumerateItems, readDelta, readItem } from '@sync/graph';
import type { GraphClient } from '@sync/graph';
import { valueOf } from '@sync/runtime';
import type { Service, ServiceContext } from '@sync/runtime';
import type { RowWriter } from '@sync/twenty';
import { decide as normalise } from '../../services/change-normalizer/src/decide.ts';
import { topology as normalizer } from '../../services/change-normalizer/src/topology.ts';
import { createDetector } from '../../services/conflict-detector/src/detector.ts';
import { topology as detector } from '../../services/conflict-detector/src/topology.ts';
import { activeConfig, bindingOf } from '../../services/delta-reader/src/bindings.ts';
import { answerDoorbell } from '../../services/delta-reader/src/doorbell.ts';
import { isOrphan } from '../../services/delta-reader/src/decide.ts';
import { createOwners } from '../../services/delta-reader/src/owners.ts';
import { readList, tellLateDelete } from '../../services/delta-reader/src/read-list.ts';
import { createSchedule } from '../../services/delta-reader/src/schedule.ts';
import { dueLists } from '../../services/delta-reader/src/timed-reads.ts';
import { topology as deltaReader } from '../../services/delta-reader/src/topology.ts';
import { decide as keep } from '../../services/mapping-keeper/src/decide.ts';
import { topology as keeper } from '../../services/mapping-keeper/src/topology.ts';
import { batching } from '../../services/sharepoint-writer/src/batcher.ts';
import type { Known } from '../../services/sharepoint-writer/src/job.ts';
import { topology as sharepointWriter } from '../../services/sharepoint-writer/src/topology.ts';
import { createWriter as createSharePointWriter } from '../../services/sharepoint-writer/src/writer.ts';
import type { Job } from '../../services/twenty-writer/src/job.ts';
import { topology as twentyWriter } from '../../services/twenty-writer/src/topology.ts';
import { createWriter as createTwentyWriter } from '../../services/twenty-writer/src/writer.ts';
import { GRAPH_URL } from './places.ts';

/** What services touch besides Kafka. */
export interface Outside {
  readonly graph: GraphClient;
  readonly rows: RowWriter;
  readonly later: (run: () => void) => void;
  readonly epoch: () => number;
}

type Context = ServiceContext<Record<string, unknown>>;
type Build = (ctx: Context, outside: Outside) => Service;

export interface Kind {
  readonly topology: Topology;
  readonly build: Build;
  /** Instances. */
  readonly count: number;
}

const SILENT = { warn: () => undefined, error: () => undefined };

function buildNormalizer(_ctx: Context, outside: Outside): Service {
  const epoch = outside.epoch();
  return { process: async (record) => normalise(record.value as Uint8Array | null, epoch) };
}

function buildDetector(ctx: Context): Service {
  return createDetector(ctx as unknown as Parameters<typeof createDetector>[0]);
}

function buildSharePointWriter(ctx: Context, outside: Outside): Service {
  const configs = ctx.table(topics.config);
  const memory = createRecent<Known>(50_000);
  const client = batching(outside.graph, outside.later);
  ctx.onAssigned(() => memory.clear());
  const parts = { configOf: (id: string) => configs.get(id), clientOf: () => client, memory, now: ctx.now };
  return { process: createSharePointWriter(parts), maxInFlight: 64 };
}

function buildTwentyWriter(ctx: Context, outside: Outside): Service {
  const metadata = ctx.table(topics.twentyMetadata);
  const memory = createRecent<Job['sources']>(50_000);
  const epoch = outside.epoch();
  ctx.onAssigned(() => memory.clear());
  const metadataOf = (id: string) => metadata.get(id);
  return { process: createTwentyWriter({ metadataOf, rows: outside.rows, memory, epoch, now: ctx.now }) };
}

function buildKeeper(ctx: Context): Service {
  const mappings = ctx.store(topics.mappings);
  return {
    process: async (record) => {
      const result =
        valueOf(topics.sharepointResults, record) ?? valueOf(topics.twentyResults, record) ?? null;
      return keep(record.key, mappings.get(record.key), result);
    },
  };
}

const DELTA_CONFIG = { graphUrl: GRAPH_URL, pauseSeconds: 20, vanishAtLeast: 25, vanishPercent: 20 };

function buildDeltaReader(ctx: Context, { graph }: Outside): Service {
  const [lists, configs] = [ctx.table(topics.lists), ctx.table(topics.config)];
  const [cursors, items] = [ctx.store(topics.cursors), ctx.store(topics.items)];
  const [schedule, owners] = [createSchedule(), createOwners()];
  let restored = false;
  const owns = (tenantId: string): boolean => restored && ctx.owns(topics.notifications, tenantId);
  const metrics = ctx.metrics as unknown as Parameters<typeof readList>[1]['metrics'];
  const parts = {
    config: DELTA_CONFIG,
    ...{ lists, configs, cursors, items, owners: owners.records, schedule, owns, metrics },
    owners: owners.records,
    log: SILENT,
    send: ctx.send.bind(ctx),
    now: ctx.now.bind(ctx),
    feedOf: (list: { siteId: string; listId: string }) => ({
      page: (link: string | null) => readDelta(graph, list, link),
      item: (itemId: string) => readItem(graph, list, itemId),
      all: () => enumerateItems(graph, list),
    }),
  };
  const request = (key: string): boolean => {
    const tenantId = bindingOf(key, lists.entries())?.tenantId;
    const asked = tenantId !== undefined && schedule.ask(key);
    if (asked) ctx.enqueue(key, () => readList(key, parts), tenantId);
    return asked;
  };
  const clientOf = (key: string): GraphClient | undefined => {
    const binding = bindingOf(key, lists.entries());
    return binding && activeConfig(binding, configs.get(binding.workspaceId)) ? graph : undefined;
  };
  const tellOrphan = (key: string): void => {
    const [tenantId = '', siteId = '', listId = '', itemId = ''] = key.split('|');
    if (!isOrphan(items.get(key)) || !owners.records.has(key) || !owns(tenantId)) return;
    const list = listKey({ tenantId, siteId, listId });
    ctx.enqueue(list, () => tellLateDelete(list, itemId, parts), tenantId);
  };
  ctx.table(topics.mappings).onChange((_key, mapping) => {
    const key = owners.note(mapping);
    if (key !== null) tellOrphan(key);
  });
  ctx.onAssigned(() => {
    restored = true;
    schedule.forget();
    for (const [key] of items.entries()) tellOrphan(key);
  });
  ctx.every(1000, 'timed-reads', async () => {
    for (const key of dueLists(lists.entries(), schedule, owns, ctx.now())) request(key);
  });
  return {
    process: async (record) => {
      const notification = valueOf(topics.notifications, record);
      if (!notification) return drop('tombstone');
      return answerDoorbell(record.key, notification, { clientOf, request, log: SILENT });
    },
  };
}

export const KINDS: readonly Kind[] = [
  { topology: normalizer, build: buildNormalizer, count: 1 },
  { topology: detector, build: buildDetector, count: 2 },
  { topology: sharepointWriter, build: buildSharePointWriter, count: 2 },
  { topology: twentyWriter, build: buildTwentyWriter, count: 2 },
  { topology: keeper, build: buildKeeper, count: 1 },
  { topology: deltaReader, build: buildDeltaReader, count: 2 },
];
