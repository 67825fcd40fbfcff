/** Options that every service has. */
import { SESSION_TIMEOUT_MS } from '../kafka/client.ts';
import { option, type ConfigOf } from './option.ts';
import { bool, int, list, maybe, oneOf, text, url } from './parsers.ts';

export const BASE_OPTIONS = {
  brokers: option({
    env: 'SYNC_KAFKA_BROKERS',
    parse: list,
    doc: 'Kafka brokers, host:port, separated by commas.',
  }),
  registryUrl: option({
    env: 'SYNC_REGISTRY_URL',
    parse: url,
    doc: 'Root of the schema registry (Confluent API), such as http://127.0.0.1:8081/apis/ccompat/v7.',
  }),
  httpPort: option({
    env: 'SYNC_HTTP_PORT',
    parse: int,
    doc: 'Port of /live, /ready, /metrics and the routes of the service; 0 takes a free one.',
  }),
  httpHost: option({
    env: 'SYNC_HTTP_HOST',
    parse: text,
    fallback: '127.0.0.1',
    doc: 'Address that the HTTP server listens on.',
  }),
  dataDir: option({
    env: 'SYNC_DATA_DIR',
    parse: text,
    doc: 'Folder of this instance for its local cache; may be deleted at any time while it is stopped.',
  }),
  logLevel: option({
    env: 'SYNC_LOG_LEVEL',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error'),
    fallback: 'info',
    doc: 'Lowest level that is logged.',
  }),
  epoch: option({
    env: 'SYNC_EPOCH',
    parse: int,
    fallback: 1,
    doc: 'Raised by hand after a failover of PostgreSQL that lost changes.',
  }),
  kafkaSsl: option({ env: 'SYNC_KAFKA_SSL', parse: bool, fallback: false, doc: 'Talk TLS to Kafka.' }),
  kafkaSasl: option({
    env: 'SYNC_KAFKA_SASL',
    parse: maybe(oneOf('plain', 'scram-sha-256', 'scram-sha-512')),
    fallback: undefined,
    doc: 'SASL mechanism: plain, scram-sha-256 or scram-sha-512.',
  }),
  kafkaUser: option({
    env: 'SYNC_KAFKA_USER',
    parse: maybe(text),
    fallback: undefined,
    doc: 'User name for SASL.',
  }),
  kafkaPassword: option({
    env: 'SYNC_KAFKA_PASSWORD',
    parse: maybe(text),
    fallback: undefined,
    doc: 'Password for SASL.',
    secret: true,
  }),
  sessionTimeoutMs: option({
    env: 'SYNC_KAFKA_SESSION_TIMEOUT_MS',
    parse: int,
    fallback: SESSION_TIMEOUT_MS,
    doc: 'After this long without a heartbeat an instance is taken for dead and its partitions go to others; brokers allow 6000 to 1800000.',
  }),
} as const;

export type BaseConfig = ConfigOf<typeof BASE_OPTIONS>;
