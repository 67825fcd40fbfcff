/** Puts the working parts of a service together: what sends, what follows, what processes. */
import { deadLetterTopic, type Outcome, type Topic, type Topology } from '@sync/core';
import type { Codec } from '../avro/codec.ts';
import type { RecordSink, TopicPartition } from '../ports.ts';
import { OutcomeRunner } from '../processor/outcome-runner.ts';
import { Processor } from '../processor/processor.ts';
import { Follower } from '../store/follower.ts';
import type { InRecord, Service } from './contract.ts';
import type { FollowedTopics } from './followed-topics.ts';
import type { Parts } from './parts.ts';
import { Sender } from './sender.ts';

const MOST_IN_FLIGHT = 64;
const DEAD_LETTERS_IN_A_ROW = 100;

/** What everything in here is made from. */
export interface Stock {
  readonly topology: Topology;
  readonly parts: Parts;
  readonly codec: Codec;
  readonly followed: FollowedTopics;
  /** Partition count per topic. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Topics that must exist before the service may run. */
export function topicsOf({ name, reads, tables, keeps, writes }: Topology): Topic[] {
  return [...reads, ...tables, ...keeps, ...writes, ...(reads.length > 0 ? [deadLetterTopic(name)] : [])];
}

export function makeSender({ topology, parts, codec, followed, counts }: Stock, sink: RecordSink): Sender {
  return new Sender({
    sink,
    codec,
    metrics: parts.metrics,
    partitionCounts: counts,
    writes: [...topology.writes, ...topology.keeps],
    stores: followed.stores(),
  });
}

export function makeFollower({ parts, followed }: Stock): Follower {
  const { broker, cache, patience, log, now, onAlive, onCrash } = parts;
  return new Follower({ broker, topics: followed.all(), cache, patience, log, now, onAlive, onCrash });
}

/** What the processor asks of the rest of the service. */
export interface Hooks {
  restore(partitions: readonly TopicPartition[]): Promise<void>;
  onAssigned(numbers: readonly number[]): void;
}

export function makeProcessor(stock: Stock, sender: Sender, service: Service, hooks: Hooks): Processor {
  const { topology, parts, codec } = stock;
  const { broker, log, metrics, now, onAlive, onCrash } = parts;
  const { name, reads: topics } = topology;
  return new Processor({
    source:
      topics.length === 0
        ? null
        : broker.source({ group: `sync.${name}`, topics: topics.map((topic) => topic.name) }),
    topics,
    codec,
    runner: makeRunner(stock, sender),
    maxInFlight: service.maxInFlight ?? MOST_IN_FLIGHT,
    log,
    metrics,
    process: (record) => processOf(name, service, record),
    restore: (partitions) => hooks.restore(partitions),
    onAssigned: (numbers) => hooks.onAssigned(numbers),
    onAlive,
    onCrash,
    now,
  });
}

function makeRunner({ topology, parts }: Stock, sender: Sender): OutcomeRunner {
  const { log, metrics, now, random, deadLetterLimit = DEAD_LETTERS_IN_A_ROW } = parts;
  return new OutcomeRunner({
    service: topology.name,
    deadLetterTopic: deadLetterTopic(topology.name).name,
    deadLetterLimit,
    log,
    metrics,
    send: (records) => sender.send(records),
    sendRaw: async (records) => {
      await sender.sendRaw(records);
    },
    now,
    random,
  });
}

function processOf(name: string, service: Service, record: InRecord): Promise<Outcome> {
  if (service.process === undefined) throw new Error(`service ${name} reads topics but has no process()`);
  return service.process(record);
}

/** The changelog partitions that belong to these partition numbers. */
export function changelogsOf(
  keeps: readonly Topic[],
  partitions: readonly TopicPartition[],
): TopicPartition[] {
  const numbers = [...new Set(partitions.map((at) => at.partition))];
  return keeps.flatMap(({ name: topic, family }) =>
    (family === 'single' ? [0] : numbers).map((partition) => ({ topic, partition })),
  );
}
