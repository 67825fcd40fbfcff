import { join } from 'node:path';
import { stackEnv } from '../environment.ts';
import type { Part } from '../part.ts';
import { type PlanContext, portOf } from './context.ts';
import { jvmFlags } from './jvm.ts';

/** Apicurio Registry, speaking the Confluent protocol; its ids survive a restart, since it stores on disk. */
export function registryParts(context: PlanContext): Part[] {
  const url = stackEnv(context.state)['SYNC_REGISTRY_URL'] ?? '';
  const folder = join(context.jvmDir, 'registry');
  return [
    {
      kind: 'process',
      name: 'registry',
      needs: ['databases'],
      url,
      configuredFrom: 'SYNC_REGISTRY_URL',
      command: () => ({
        file: 'java',
        args: [...jvmFlags(256), '-jar', join(folder, 'apicurio-registry-app-3.0.9-runner.jar')],
        cwd: folder,
        env: { ...httpEnv(context), ...storageEnv(context) },
      }),
      ready: { kind: 'http', url: `${url}/subjects` },
      startLimitMs: 120_000,
      stopSignal: 'SIGTERM',
      stopLimitMs: 15_000,
    },
  ];
}

function httpEnv(context: PlanContext): Record<string, string> {
  return {
    QUARKUS_HTTP_HOST: '127.0.0.1',
    QUARKUS_HTTP_PORT: String(portOf(context, 'registry')),
    QUARKUS_MANAGEMENT_HOST: '127.0.0.1',
    QUARKUS_MANAGEMENT_PORT: String(portOf(context, 'registry-management')),
    QUARKUS_OTEL_SDK_DISABLED: 'true',
  };
}

function storageEnv(context: PlanContext): Record<string, string> {
  return {
    APICURIO_STORAGE_KIND: 'sql',
    // The default pool opens 20 connections.
    APICURIO_DATASOURCE_JDBC_INITIAL_SIZE: '1',
    APICURIO_DATASOURCE_JDBC_MIN_SIZE: '1',
    APICURIO_DATASOURCE_JDBC_MAX_SIZE: '8',
    ...(context.state.external['SYNC_PG_URL'] === undefined ? inPostgres(context) : inFile(context)),
  };
}

function inPostgres(context: PlanContext): Record<string, string> {
  return {
    APICURIO_STORAGE_SQL_KIND: 'postgresql',
    APICURIO_DATASOURCE_URL: `jdbc:postgresql://127.0.0.1:${portOf(context, 'postgres')}/registry`,
    APICURIO_DATASOURCE_USERNAME: 'registry',
    APICURIO_DATASOURCE_PASSWORD: context.state.secrets.registry,
  };
}

/** Someone else's PostgreSQL gets no database from us. */
function inFile(context: PlanContext): Record<string, string> {
  return {
    APICURIO_STORAGE_SQL_KIND: 'h2',
    APICURIO_DATASOURCE_URL: `jdbc:h2:file:${join(context.state.dataDir, 'registry', 'store')}`,
    APICURIO_DATASOURCE_USERNAME: 'sa',
    APICURIO_DATASOURCE_PASSWORD: 'sa',
  };
}
