/** What a topic of the manifest must look like on a broker. Pure. */
import { isDeadLetterTopic, type Topic } from '@sync/core';

/** How topics are created. */
export interface TopicPlan {
  /** All topics of the manifest when left out. */
  readonly topics?: readonly Topic[];
  /** Partition count per family; `single` always has one. */
  readonly partitions: { readonly record: number; readonly tenant: number };
  readonly replicationFactor: number;
  /** min.insync.replicas; left to the cluster when undefined. */
  readonly minInsyncReplicas?: number;
}

export interface TopicReport {
  readonly name: string;
  readonly state: 'created' | 'ok' | 'mismatch';
  /** What differs, and how to mend it. */
  readonly problem?: string;
}

const HOUR_MS = 3_600_000;
/**
 * Largest batch that a topic takes. Clients send at most 1 MiB; the rest is room for the headers of a redrive. What a topic takes,
 * the dead letters must take with their own headers added.
 */
const MOST_BYTES = 1_048_576 + 65_536;
const MOST_BYTES_OF_DEAD_LETTERS = MOST_BYTES + 65_536;

/** Partition count of a topic. */
export function partitionsOf(topic: Topic, plan: TopicPlan): number {
  return topic.family === 'single' ? 1 : plan.partitions[topic.family];
}

/** Broker settings of a topic. */
export function configOf(topic: Topic, plan: TopicPlan): Record<string, string> {
  const replicas =
    plan.minInsyncReplicas === undefined ? {} : { 'min.insync.replicas': String(plan.minInsyncReplicas) };
  const most = isDeadLetterTopic(topic) ? MOST_BYTES_OF_DEAD_LETTERS : MOST_BYTES;
  const cleanup = topic.cleanup === 'compact' ? compacted(topic) : deleted(topic);
  return { ...cleanup, 'max.message.bytes': String(most), ...replicas };
}

/** What differs between a topic and the plan, with the mending; null when nothing does. */
export function problemOf(
  topic: Topic,
  found: { readonly partitions: number; readonly config: ReadonlyMap<string, string> },
  plan: TopicPlan,
): string | null {
  const wanted = partitionsOf(topic, plan);
  const counts =
    found.partitions === wanted
      ? []
      : [
          `has ${found.partitions} partitions, not ${wanted}: ask for ${found.partitions}, or copy it into a new topic`,
        ];
  const settings = Object.entries(configOf(topic, plan))
    .filter(([name, value]) => found.config.get(name) !== value)
    .map(
      ([name, value]) =>
        `${name} is ${found.config.get(name) ?? 'not set'}, not ${value}: set it with kafka-configs`,
    );
  const problems = [...counts, ...settings];
  return problems.length === 0 ? null : problems.join('; ');
}

function compacted(topic: Topic): Record<string, string> {
  return {
    'cleanup.policy': 'compact',
    'min.cleanable.dirty.ratio': '0.1',
    // The newest segment is never compacted: close it every hour.
    'segment.ms': String(HOUR_MS),
    'delete.retention.ms': String(24 * HOUR_MS),
    'min.compaction.lag.ms': String((topic.compactionLagHours ?? 0) * HOUR_MS),
  };
}

function deleted(topic: Topic): Record<string, string> {
  if (topic.retentionHours === undefined)
    throw new Error(`topic ${topic.name}: cleanup 'delete' needs retentionHours`);
  return { 'cleanup.policy': 'delete', 'retention.ms': String(topic.retentionHours * HOUR_MS) };
}
