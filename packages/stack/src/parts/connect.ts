import { join } from 'node:path';
import { connectorEnv, stackEnv } from '../environment.ts';
import type { Part } from '../part.ts';
import { copiesOf } from '../shape.ts';
import { type PlanContext, portOf, shapeOf } from './context.ts';
import { kafkaJava } from './jvm.ts';
import { writeProperties } from './properties-file.ts';

/** Kafka Connect workers in distributed mode with the Debezium plugin; they make their three compacted topics themselves. */
export function connectParts(context: PlanContext): Part[] {
  return copiesOf('connect', shapeOf(context).connectWorkers).map((name) => workerPart(context, name));
}

function workerPart(context: PlanContext, name: string): Part {
  const env = stackEnv(context.state);
  const port = portOf(context, name);
  const url = name === 'connect' ? (env['SYNC_CONNECT_URL'] ?? '') : `http://127.0.0.1:${port}`;
  const file = join(context.state.dataDir, name, 'connect.properties');
  const { brokers } = shapeOf(context);
  const properties = workerProperties(env['SYNC_KAFKA_BROKERS'] ?? '', port, context.jvmDir, brokers);
  return {
    kind: 'process',
    name,
    // A worker that knows its connector from before starts it at once, so the database must be there.
    needs: ['kafka', 'databases'],
    url,
    configuredFrom: 'SYNC_CONNECT_URL',
    prepare: () => {
      writeProperties(file, properties);
      return Promise.resolve();
    },
    command: () => ({
      file: 'java',
      args: kafkaJava(context, 512, 'org.apache.kafka.connect.cli.ConnectDistributed', [file]),
      env: connectorEnv(context.state),
    }),
    ready: { kind: 'http', url: `${url}/connectors` },
    startLimitMs: 120_000,
    stopSignal: 'SIGTERM',
    stopLimitMs: 20_000,
  };
}

function workerProperties(
  brokers: string,
  port: number,
  jvmDir: string,
  replicas: number,
): Record<string, string | number> {
  return {
    'bootstrap.servers': brokers,
    'group.id': 'sync-connect',
    listeners: `http://127.0.0.1:${port}`,
    'plugin.path': join(jvmDir, 'plugins'),
    'plugin.discovery': 'service_load',
    'connector.client.config.override.policy': 'All',
    'config.providers': 'env',
    'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    'config.providers.env.param.allowlist.pattern': 'SYNC_.*',
    ...CONVERTERS,
    ...internalTopics(replicas),
    ...PROMPT,
  };
}

const CONVERTERS = {
  'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'key.converter.schemas.enable': 'false',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'false',
  // Else the converter writes a column's DEFAULT where the row holds NULL.
  'value.converter.replace.null.with.default': 'false',
};

function internalTopics(replicas: number): Record<string, string | number> {
  return {
    'config.storage.topic': 'connect.configs',
    'config.storage.replication.factor': replicas,
    'offset.storage.topic': 'connect.offsets',
    'offset.storage.replication.factor': replicas,
    'offset.storage.partitions': 1,
    'status.storage.topic': 'connect.status',
    'status.storage.replication.factor': replicas,
    'status.storage.partitions': 1,
  };
}

const PROMPT = {
  'producer.linger.ms': 0,
  'producer.acks': 'all',
  'producer.compression.type': 'none',
  // How much is sent again after a crash; the default is a minute.
  'offset.flush.interval.ms': 1_000,
  'scheduled.rebalance.max.delay.ms': 0,
  'session.timeout.ms': 6_000,
  'heartbeat.interval.ms': 2_000,
};
