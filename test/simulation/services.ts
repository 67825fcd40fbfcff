/** The production services as they are put together, on the simulated ports. */
import type { Topology } from '@sync/core';
import type { GraphClient } from '@sync/graph';
import type { Service, ServiceContext } from '@sync/runtime';
import type { MetadataReader, RowWriter } from '@sync/twenty';
import { createNormalizer } from '../../services/change-normalizer/src/normalizer.ts';
import { topology as normalizer } from '../../services/change-normalizer/src/topology.ts';
import { createDetector } from '../../services/conflict-detector/src/detector.ts';
import { topology as detector } from '../../services/conflict-detector/src/topology.ts';
import { createReader } from '../../services/delta-reader/src/reader.ts';
import { topology as deltaReader } from '../../services/delta-reader/src/topology.ts';
import { createKeeper } from '../../services/mapping-keeper/src/keeper.ts';
import { topology as keeper } from '../../services/mapping-keeper/src/topology.ts';
import { batching } from '../../services/sharepoint-writer/src/batcher.ts';
import { createService as createSharePointWriter } from '../../services/sharepoint-writer/src/service.ts';
import { topology as sharepointWriter } from '../../services/sharepoint-writer/src/topology.ts';
import { createService as createTwentyWriter } from '../../services/twenty-writer/src/service.ts';
import { topology as twentyWriter } from '../../services/twenty-writer/src/topology.ts';
import { GRAPH_URL } from './places.ts';

/** What services touch besides Kafka. */
export interface Outside {
  readonly graph: GraphClient;
  readonly rows: RowWriter;
  readonly later: (run: () => void) => void;
  readonly epoch: () => number;
}

/** How often a command without an answer is sent again, milliseconds. */
export const RESEND_MS = 15_000;

/** Options that differ from what the services fall back to, and those that they must be given. */
const CONFIG = {
  resendAfterMs: RESEND_MS,
  graphUrl: GRAPH_URL,
  tickMs: 1000,
  metadataPollMs: 3_600_000,
  pauseSeconds: 20,
  overdueSeconds: 10,
  vanishAtLeast: 25,
  vanishPercent: 20,
};

export function configOf({ epoch }: Outside): Readonly<Record<string, unknown>> {
  return { ...CONFIG, epoch: epoch() };
}

type Context = ServiceContext<Record<string, unknown>>;
type Build = (ctx: Context, outside: Outside) => Service | Promise<Service>;

/** A service takes a context with its own options; the simulation's context has the options of all of them. */
function on(build: (ctx: never, outside: Outside) => Service | Promise<Service>): Build {
  return (ctx, outside) => build(ctx as never, outside);
}

export interface Kind {
  readonly topology: Topology;
  readonly build: Build;
  /** Instances. */
  readonly count: number;
}

/** The data model of the workspace is published with its configuration, and stays as it is. */
const METADATA: MetadataReader = {
  metadataVersions: async () => new Map(),
  discover: async () => [],
  close: async () => undefined,
};

type NormalizerContext = Parameters<typeof createNormalizer>[0];
type ReaderContext = Parameters<typeof createReader>[0];

export const KINDS: readonly Kind[] = [
  { topology: normalizer, build: on((ctx: NormalizerContext) => createNormalizer(ctx, METADATA)), count: 1 },
  { topology: detector, build: on(createDetector), count: 2 },
  {
    topology: sharepointWriter,
    build: (ctx, { graph, later }) => {
      const client = batching(graph, later);
      return createSharePointWriter(ctx, () => client);
    },
    count: 2,
  },
  { topology: twentyWriter, build: (ctx, { rows }) => createTwentyWriter(ctx, rows), count: 2 },
  { topology: keeper, build: (ctx) => createKeeper(ctx), count: 1 },
  {
    topology: deltaReader,
    build: on((ctx: ReaderContext, { graph }) => createReader(ctx, () => graph)),
    count: 2,
  },
];
