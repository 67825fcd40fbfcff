import { AssignerProtocol, type Assigner, type GroupMember, type PartitionAssigner } from 'kafkajs';
import { assign, type Member } from '../partition/assign.ts';

/** kafkajs' own round robin tears partition n of two topics apart; this one keeps them in one instance. */
export const coPartitionAssigner: PartitionAssigner = ({ cluster }): Assigner => ({
  name: 'SyncCoPartition',
  version: 1,
  assign: async ({ members, topics }) => {
    const counts = new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length]));
    const result = assign(members.map(memberOf), counts);
    return [...result].map(([memberId, assignment]) => ({
      memberId,
      memberAssignment: AssignerProtocol.MemberAssignment.encode({
        version: 1,
        assignment: mutable(assignment),
        userData: Buffer.alloc(0),
      }),
    }));
  },
  protocol: ({ topics }) => ({
    name: 'SyncCoPartition',
    metadata: AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }),
  }),
});

function memberOf(member: GroupMember): Member {
  const metadata = AssignerProtocol.MemberMetadata.decode(member.memberMetadata);
  return { id: member.memberId, topics: metadata?.topics ?? [] };
}

function mutable(assignment: Readonly<Record<string, readonly number[]>>): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(assignment).map(([topic, partitions]) => [topic, [...partitions]]),
  );
}
