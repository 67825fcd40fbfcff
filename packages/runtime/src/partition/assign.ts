/**
 * Which member of a group reads which partition. The partition number alone decides, the same for all topics, so that records
 * of one key meet in one instance whatever topic they come by.
 */
export interface Member {
  readonly id: string;
  readonly topics: readonly string[];
}

export type Assignment = Readonly<Record<string, readonly number[]>>;

/** Assigns every partition of every topic to one of the members that subscribe to the topic. */
export function assign(
  members: readonly Member[],
  partitionCounts: ReadonlyMap<string, number>,
): ReadonlyMap<string, Assignment> {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(sorted.map((member) => [member.id, assignmentOf(member, sorted, partitionCounts)]));
}

function assignmentOf(
  member: Member,
  members: readonly Member[],
  counts: ReadonlyMap<string, number>,
): Assignment {
  return Object.fromEntries(
    member.topics.map((topic) => [topic, share(member, topic, members, counts.get(topic) ?? 0)]),
  );
}

function share(member: Member, topic: string, members: readonly Member[], count: number): number[] {
  const readers = members.filter((candidate) => candidate.topics.includes(topic));
  const place = readers.indexOf(member);
  return Array.from({ length: count }, (_, partition) => partition).filter(
    (partition) => partition % readers.length === place,
  );
}
