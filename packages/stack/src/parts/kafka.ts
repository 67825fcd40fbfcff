import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stackEnv } from '../environment.ts';
import type { Part, RunCommand } from '../part.ts';
import { copiesOf, doorOf } from '../shape.ts';
import { type PlanContext, portOf, shapeOf } from './context.ts';
import { kafkaJava } from './jvm.ts';
import { writeProperties } from './properties-file.ts';

/** Kafka brokers, each its own controller; several of them form one quorum. */
export function kafkaParts(context: PlanContext): Part[] {
  const count = shapeOf(context).brokers;
  return copiesOf('kafka', count).map((name, at) => brokerPart(context, name, at + 1, count));
}

function brokerPart(context: PlanContext, name: string, id: number, count: number): Part {
  const folder = join(context.state.dataDir, name);
  const file = join(folder, 'server.properties');
  const heapMb = count === 1 ? 512 : 384;
  return {
    kind: 'process',
    name,
    needs: [],
    url:
      count === 1
        ? (stackEnv(context.state)['SYNC_KAFKA_BROKERS'] ?? '')
        : `127.0.0.1:${portOf(context, name)}`,
    configuredFrom: 'SYNC_KAFKA_BROKERS',
    prepare: (run) =>
      prepare(context, run, folder, file, serverProperties(context, name, id, join(folder, 'data'))),
    command: () => ({ file: 'java', args: kafkaJava(context, heapMb, 'kafka.Kafka', [file]) }),
    // Written once the broker is no longer fenced, so topics can be made.
    ready: { kind: 'log', words: 'Kafka Server started' },
    startLimitMs: 120_000,
    stopSignal: 'SIGTERM',
    stopLimitMs: 30_000,
  };
}

async function prepare(
  context: PlanContext,
  run: RunCommand,
  folder: string,
  file: string,
  properties: Record<string, string | number>,
): Promise<void> {
  writeProperties(file, properties);
  if (existsSync(join(folder, 'data', 'meta.properties'))) return;
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

/** Static voters, not a stored quorum: the controllers' ports may then change between starts. */
function serverProperties(
  context: PlanContext,
  name: string,
  id: number,
  data: string,
): Record<string, string | number> {
  const { brokers } = shapeOf(context);
  const voters = copiesOf('controller', brokers).map(
    (controller, at) => `${at + 1}@127.0.0.1:${portOf(context, controller)}`,
  );
  return {
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': voters.join(','),
    ...listeners(context, name, portOf(context, copiesOf('controller', brokers)[id - 1] ?? '')),
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,
    'auto.create.topics.enable': 'false',
    ...replication(brokers),
    ...SMALL_MACHINE,
  };
}

/** Brokers talk to each other at a port of their own where clients go through doors, or where there are several. */
function listeners(context: PlanContext, name: string, controller: number): Record<string, string> {
  const { brokers, doors } = shapeOf(context);
  const clients = `PLAINTEXT://127.0.0.1:${portOf(context, name)}`;
  const advertised = `PLAINTEXT://127.0.0.1:${portOf(context, doors ? doorOf(name) : name)}`;
  if (brokers === 1 && !doors)
    return {
      listeners: `${clients},CONTROLLER://127.0.0.1:${controller}`,
      'advertised.listeners': advertised,
    };
  const internal = `INTERNAL://127.0.0.1:${portOf(context, `${name}-internal`)}`;
  return {
    listeners: `${clients},${internal},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `${advertised},${internal}`,
    'inter.broker.listener.name': 'INTERNAL',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
  };
}

/** As many replicas as brokers; of three, two must have a record before it is acknowledged. */
function replication(brokers: number): Record<string, number> {
  const isr = brokers >= 3 ? 2 : 1;
  return {
    'default.replication.factor': brokers,
    'min.insync.replicas': isr,
    'offsets.topic.replication.factor': brokers,
    'transaction.state.log.replication.factor': brokers,
    'transaction.state.log.min.isr': isr,
    'share.coordinator.state.topic.replication.factor': brokers,
    'share.coordinator.state.topic.min.isr': isr,
    'group.initial.rebalance.delay.ms': 0,
  };
}

const SMALL_MACHINE = {
  'offsets.topic.num.partitions': 8,
  'transaction.state.log.num.partitions': 4,
  'share.coordinator.state.topic.num.partitions': 1,
  'num.network.threads': 2,
  'num.io.threads': 4,
  // The default of 128 MiB would take a quarter of the heap.
  'log.cleaner.dedupe.buffer.size': 33_554_432,
};
