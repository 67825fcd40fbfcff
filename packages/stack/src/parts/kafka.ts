import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stackEnv } from '../environment.ts';
import type { Part, RunCommand } from '../part.ts';
import { type PlanContext, portOf } from './context.ts';
import { kafkaJava } from './jvm.ts';
import { writeProperties } from './properties-file.ts';

/** One Kafka broker that is its own controller. */
export function kafkaParts(context: PlanContext): Part[] {
  const brokers = stackEnv(context.state)['SYNC_KAFKA_BROKERS'] ?? '';
  const folder = join(context.state.dataDir, 'kafka');
  const file = join(folder, 'server.properties');
  return [
    {
      kind: 'process',
      name: 'kafka',
      needs: [],
      url: brokers,
      configuredFrom: 'SYNC_KAFKA_BROKERS',
      prepare: (run) => prepare(context, run, folder, file),
      command: () => ({ file: 'java', args: kafkaJava(context, 512, 'kafka.Kafka', [file]) }),
      // Written once the broker is no longer fenced, so topics can be made.
      ready: { kind: 'log', words: 'Kafka Server started' },
      startLimitMs: 120_000,
      stopSignal: 'SIGTERM',
      stopLimitMs: 30_000,
    },
  ];
}

async function prepare(context: PlanContext, run: RunCommand, folder: string, file: string): Promise<void> {
  const data = join(folder, 'data');
  writeProperties(file, serverProperties(portOf(context, 'kafka'), portOf(context, 'controller'), data));
  if (existsSync(join(data, 'meta.properties'))) return;
  const args = [
    'format',
    '--cluster-id',
    context.state.secrets.clusterId,
    '--config',
    file,
    '--ignore-formatted',
  ];
  await run({ file: 'java', args: kafkaJava(context, 256, 'kafka.tools.StorageTool', args) });
}

/** Static voters, not a stored quorum: the controller's port may then change between starts. */
function serverProperties(broker: number, controller: number, data: string): Record<string, string | number> {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    'auto.create.topics.enable': 'false',
    ...ONE_BROKER,
    ...SMALL_MACHINE,
  };
}

const ONE_BROKER = {
  'offsets.topic.replication.factor': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
};

const SMALL_MACHINE = {
  'offsets.topic.num.partitions': 8,
  'transaction.state.log.num.partitions': 4,
  'share.coordinator.state.topic.num.partitions': 1,
  'num.network.threads': 2,
  'num.io.threads': 4,
  // The default of 128 MiB would take a quarter of the heap.
  'log.cleaner.dedupe.buffer.size': 33_554_432,
};
