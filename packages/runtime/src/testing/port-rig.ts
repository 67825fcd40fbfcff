/** What a test of the ports needs besides the ports: topics, and the faults of a log. */
import type { Broker, Position, RawRecord, RecordSource, TopicPartition } from '../ports.ts';

export interface PortRig {
  readonly broker: Broker;
  /** Creates a topic; resolves with its name. */
  topic(partitions: number): Promise<string>;
  /** Takes the next offset of a partition without a record in it. */
  gap(at: TopicPartition): Promise<void>;
  /** Forgets everything before a position. */
  truncate(before: Position): Promise<void>;
  committed(group: string, topic: string): Promise<ReadonlyMap<string, bigint>>;
  /** A moment in which the broker may get on. */
  turn(): Promise<void>;
  close(): Promise<void>;
}

/** A member of a group that writes down what it is told. */
export interface Member {
  readonly source: RecordSource;
  readonly records: RawRecord[];
  /** Every record's value as text, in the order in which they came. */
  texts(): string[];
  /** `topic|partition` of everything that is its own now. */
  owned(): string[];
  readonly sameMember: boolean[];
  /** Highest position told, per `topic|partition`. */
  readonly next: Map<string, bigint>;
  readonly crashes: unknown[];
  alive: number;
}

export async function startMember(
  rig: PortRig,
  group: string | null,
  topics: readonly string[],
  from: readonly Position[] = [],
): Promise<Member> {
  const source = rig.broker.source({ group, topics });
  const records: RawRecord[] = [];
  let owned: string[] = [];
  const member: Member = {
    source,
    records,
    texts: () => records.map((record) => String(record.value)),
    owned: () => owned,
    sameMember: [],
    next: new Map(),
    crashes: [],
    alive: 0,
  };
  await source.start({
    onAssigned: (partitions, sameMember) => {
      owned = partitions.map(nameOf).sort();
      member.sameMember.push(sameMember);
      return sameMember ? [] : from.filter((position) => owned.includes(nameOf(position)));
    },
    onRecords: (at, more, next) => {
      records.push(...more);
      member.next.set(nameOf(at), next);
    },
    onRebalancing: () => undefined,
    onAlive: () => (member.alive += 1),
    onCrash: (error) => void member.crashes.push(error),
  });
  return member;
}

export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}|${partition}`;
}

/** Resolves when it is so; fails after 30 s. */
export async function until(rig: PortRig, reached: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await reached())) {
    if (Date.now() > deadline) throw new Error('not reached within 30 s');
    await rig.turn();
  }
}
