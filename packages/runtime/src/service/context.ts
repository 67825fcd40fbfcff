/** The context that a service is built with. */
import type { Topic } from '@sync/core';
import { partitionOf } from '../partition/murmur2.ts';
import type { TopicPartition } from '../ports.ts';
import type { Processor } from '../processor/processor.ts';
import type { Stock } from './assembly.ts';
import type { ServiceContext } from './contract.ts';
import type { Given } from './parts.ts';
import { ownsKey } from './ownership.ts';
import type { Sender } from './sender.ts';
import type { TimedWork } from './timed-work.ts';

/** What the context reaches into. */
export interface Reach {
  readonly sender: Sender;
  readonly timed: TimedWork;
  /** Throws while the service is being built. */
  processor(): Processor;
  onReady(listener: () => void): void;
  onAssigned(listener: (partitions: readonly number[]) => void): void;
}

export function contextOf<C>(stock: Stock, given: Given<C>, reach: Reach): ServiceContext<C> {
  const { topology, parts, followed, counts } = stock;
  const { log, metrics, now } = parts;
  return {
    // The configuration of a service holds the options of all services.
    config: given.config as ServiceContext<C>['config'],
    log,
    metrics,
    http: given.http,
    now,
    send: (records) => reach.sender.send(records),
    table: (topic, project) => followed.table(topic, project),
    store: (topic, ranked) => followed.store(topic, ranked),
    enqueue: (key, run, partitionKey = key) =>
      reach.processor().enqueue(key, run, homeOf(topology.reads, counts, partitionKey)),
    owns: (topic, key) => ownsKey(topic, key, topology.reads, counts, reach.processor()),
    onReady: (listener) => reach.onReady(listener),
    onAssigned: (listener) => reach.onAssigned(listener),
    every: (ms, name, work) => reach.timed.every(ms, name, work),
  };
}

/** The partition of the first topic read in which records of this key lie; undefined where nothing is read. */
export function homeOf(
  reads: readonly Topic[],
  counts: ReadonlyMap<string, number>,
  partitionKey: string,
): TopicPartition | undefined {
  const [first] = reads;
  if (first === undefined) return undefined;
  return { topic: first.name, partition: partitionOf(partitionKey, counts.get(first.name) ?? 1) };
}
