import { connectorEnv, externalVariables, serviceEnv, stackEnv } from './environment.ts';
import { STATE } from './test-state.ts';

test('an embedded stack is on the loopback address only', () => {
  expect(stackEnv(STATE)).toEqual({
    SYNC_PG_URL: 'postgres://postgres:pg-pw@127.0.0.1:1/twenty',
    SYNC_PG_READER_URL: 'postgres://sync_reader:reader-pw@127.0.0.1:1/twenty',
    SYNC_PG_WRITER_URL: 'postgres://sync_writer:writer-pw@127.0.0.1:1/twenty',
    SYNC_PG_REPLICATION_URL: 'postgres://sync_replication:replication-pw@127.0.0.1:1/twenty',
    SYNC_KAFKA_BROKERS: '127.0.0.1:2',
    SYNC_REGISTRY_URL: 'http://127.0.0.1:3/apis/ccompat/v7',
    SYNC_CONNECT_URL: 'http://127.0.0.1:5',
    SYNC_GRAPH_URL: 'https://127.0.0.1:8/v1.0',
    SYNC_TOKEN_AUTHORITY: 'https://127.0.0.1:8',
    SYNC_GRAPH_UNITS_PER_MINUTE: '6250',
    SYNC_GRAPH_UNITS_PER_DAY: '6000000',
    SYNC_SIMULATOR_URL: 'http://127.0.0.1:7',
    NODE_EXTRA_CA_CERTS: '/data/simulator/ca.pem',
    SYNC_PUBLIC_URL: 'http://127.0.0.1:9',
    SYNC_DATA_DIR: '/data',
    SYNC_CLIENT_STATE_SECRET: 'client-state',
    SYNC_DEMO_TENANT_ID: 'tenant',
    SYNC_DEMO_CLIENT_ID: 'client',
    SYNC_DEMO_CLIENT_SECRET: 'secret',
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
  });
});

test('what is configured from outside is passed through, and the roles follow the database', () => {
  const external = externalVariables({
    SYNC_PG_URL: 'postgres://app:x@db.example:6432/crm',
    SYNC_KAFKA_BROKERS: 'b1:9092',
    HOME: '/x',
  });
  const env = stackEnv({ ...STATE, external });
  expect(env['SYNC_PG_READER_URL']).toBe('postgres://sync_reader:reader-pw@db.example:6432/crm');
  expect(env['SYNC_KAFKA_BROKERS']).toBe('b1:9092');
  expect(env).not.toHaveProperty('HOME');
  expect(connectorEnv({ ...STATE, external })).toEqual({
    SYNC_PG_HOST: 'db.example',
    SYNC_PG_PORT: '6432',
    SYNC_PG_DATABASE: 'crm',
    SYNC_PG_REPLICATION_USER: 'sync_replication',
    SYNC_PG_REPLICATION_PASSWORD: 'replication-pw',
    SYNC_KAFKA_BROKERS: 'b1:9092',
  });
});

test('a real Graph brings neither our certificate authority nor our token authority', () => {
  const external = externalVariables({ SYNC_GRAPH_URL: 'https://graph.example/v1.0' });
  const env = stackEnv({ ...STATE, external });
  expect(env['SYNC_TOKEN_AUTHORITY']).toBe('https://login.microsoftonline.com');
  expect(env).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
});

test('an empty variable configures nothing', () => {
  expect(externalVariables({ SYNC_PG_URL: '' })).toEqual({});
});

test('a service has a folder and a port of its own', () => {
  expect(serviceEnv(STATE, 'webhook-receiver')).toMatchObject({
    SYNC_DATA_DIR: '/data/services/webhook-receiver',
    SYNC_HTTP_PORT: '9',
  });
});
