/** A failover of PostgreSQL to an older place in its log, as the runbook has it. */
import { topics } from '@sync/core';
import type { Clock } from './clock.ts';
import { WORLD } from './clock.ts';
import type { Cluster } from './cluster.ts';
import type { Connect } from './connect.ts';
import type { Postgres } from './postgres.ts';
import type { SimProcess } from './process.ts';

interface FailoverParts {
  readonly postgres: Postgres;
  readonly connect: Connect;
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly processes: readonly SimProcess[];
}

/**
 * By the book: the old log is read to its end under the old epoch while nobody writes; only then the epoch is raised,
 * everything is started anew, and a snapshot tells what stands.
 */
export function failOver(parts: FailoverParts, lost: number, raiseEpoch: (epoch: number) => void): void {
  const { postgres, connect, clock, cluster, processes } = parts;
  const [writers, normalizers] = ['twenty-writer', 'change-normalizer'].map((name) =>
    processes.filter(({ topology }) => topology.name === name),
  );
  connect.stop();
  for (const writer of writers ?? []) writer.hold();
  postgres.failOver(lost);
  connect.readToEnd();
  const raise = (): void => {
    if (rawLag(cluster) > 0 || !(normalizers ?? []).every((one) => one.up))
      return void clock.after(500, raise, WORLD);
    for (const normalizer of normalizers ?? []) normalizer.kill(0);
    raiseEpoch(postgres.epoch);
    for (const process of [...(writers ?? []), ...(normalizers ?? [])]) process.release();
    postgres.snapshot();
    connect.resume();
  };
  clock.after(500, raise, WORLD);
}

/** Raw records that are not done and committed. */
function rawLag(cluster: Cluster): number {
  const { committed } = cluster.group('sync.change-normalizer');
  const count = cluster.counts.get(topics.raw.name) ?? 0;
  return Array.from({ length: count }, (_, partition) => {
    const { next } = cluster.log({ topic: topics.raw.name, partition });
    return Number(next - (committed.get(`${topics.raw.name}|${partition}`) ?? 0n));
  }).reduce((sum, lag) => sum + lag, 0);
}
