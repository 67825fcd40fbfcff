/** What a service reads, keeps and writes, as data: the wiring test, the data-flow diagram and the runtime all use it. */
import type { Topic } from './topic.ts';

export interface Topology {
  /** Folder name of the service. */
  readonly name: string;
  readonly doc: string;
  /** Topics consumed by the service's consumer group, in parallel over its instances. */
  readonly reads: readonly Topic[];
  /** Compacted topics that every instance reads whole. */
  readonly tables: readonly Topic[];
  /** Changelogs of the service's own state: it writes them and restores from them. */
  readonly keeps: readonly Topic[];
  /** Topics the service writes, changelogs left out. */
  readonly writes: readonly Topic[];
}

/** Declares a topology; what is left out is empty. */
export function defineTopology(given: Pick<Topology, 'name' | 'doc'> & Partial<Topology>): Topology {
  return { reads: [], tables: [], keeps: [], writes: [], ...given };
}
