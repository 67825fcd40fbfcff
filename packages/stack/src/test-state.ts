import type { StackState } from './state.ts';

/** A state for tests. */
export const STATE: StackState = {
  version: 1,
  dataDir: '/data',
  ports: {
    postgres: 1,
    kafka: 2,
    registry: 3,
    'registry-management': 4,
    connect: 5,
    controller: 6,
    'simulator-http': 7,
    'simulator-https': 8,
    'webhook-receiver': 9,
  },
  secrets: {
    postgres: 'pg-pw',
    registry: 'registry-pw',
    reader: 'reader-pw',
    writer: 'writer-pw',
    replication: 'replication-pw',
    clusterId: 'cluster',
    clientState: 'client-state',
    demoTenantId: 'tenant',
    demoClientId: 'client',
    demoClientSecret: 'secret',
  },
  external: {},
  parts: {},
};
