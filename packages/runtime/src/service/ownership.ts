/** Whether this instance is the one for a key. Pure. */
import type { Topic } from '@sync/core';
import { partitionOf } from '../partition/murmur2.ts';

export interface Assigned {
  owns(partition: number, topic?: string): boolean;
}

/** Is the partition of this key, by the topic's family, ours? */
export function ownsKey(
  topic: Topic,
  partitionKey: string,
  reads: readonly Topic[],
  counts: ReadonlyMap<string, number>,
  assigned: Assigned,
): boolean {
  const first = reads[0];
  if (first === undefined) return true;
  if (topic.family === 'single') return assigned.owns(0, first.name);
  // Topics of one family share their counts, and the assigner gives a number to one instance whatever the topic.
  const read = reads.find((candidate) => candidate.family === topic.family);
  const count = counts.get(topic.name) ?? (read === undefined ? undefined : counts.get(read.name));
  if (count === undefined)
    throw new Error(
      `owns: the topology declares neither ${topic.name} nor another topic of family ${topic.family}`,
    );
  return assigned.owns(partitionOf(partitionKey, count), read?.name);
}
