/** Reads a topic from given positions to the end of now, as bytes. */
import type { Broker, RawRecord, RecordSource } from '../ports.ts';
import { Positions } from '../store/positions.ts';

/** Where to begin in a partition; null leaves it out. */
export type From = (partition: number) => bigint | null;

/** `hold` is told of the source while it is open. Partition by partition, in order. */
export async function readToEnd(
  broker: Broker,
  topic: string,
  from: From = () => 0n,
  hold: Set<RecordSource> = new Set(),
): Promise<RawRecord[]> {
  const bounds = await broker.bounds(topic);
  const starts = bounds.map(({ partition, start, end }) => ({
    topic,
    partition,
    offset: most(start, from(partition) ?? end),
    end,
  }));
  const goals = starts.filter((one) => one.end > one.offset);
  if (goals.length === 0) return [];
  const ends = new Map(bounds.map((one) => [one.partition, one.end]));
  const [found, reached, failure] = [[] as RawRecord[], new Positions(), Promise.withResolvers<never>()];
  const source = broker.source({ group: null, topics: [topic] });
  hold.add(source);
  try {
    await source.start({
      onAssigned: () =>
        starts.map(({ partition, offset, end }) => ({ topic, partition, offset: least(offset, end) })),
      onRecords: (at, records, next) => {
        found.push(...records.filter((record) => record.offset < (ends.get(record.partition) ?? 0n)));
        reached.set(at, next);
      },
      onRebalancing: () => undefined,
      onAlive: () => undefined,
      onCrash: failure.reject,
    });
    const wanted = goals.map(({ partition, end }) => ({ topic, partition, offset: end }));
    await Promise.race([reached.reach(wanted), failure.promise]);
  } finally {
    hold.delete(source);
    await source.stop();
  }
  return found.sort((a, b) => a.partition - b.partition || (a.offset < b.offset ? -1 : 1));
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
