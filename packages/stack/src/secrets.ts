import { randomBytes, randomUUID } from 'node:crypto';

/** Made once per data folder and kept in its state file. */
export interface Secrets {
  readonly postgres: string;
  readonly registry: string;
  readonly reader: string;
  readonly writer: string;
  readonly replication: string;
  /** Kafka's cluster id: 16 bytes in URL-safe base 64. */
  readonly clusterId: string;
  /** Signs the clientState of subscriptions. */
  readonly clientState: string;
  readonly demoTenantId: string;
  readonly demoClientId: string;
  readonly demoClientSecret: string;
}

/** New random secrets. */
export function makeSecrets(): Secrets {
  const password = () => randomBytes(18).toString('base64url');
  return {
    postgres: password(),
    registry: password(),
    reader: password(),
    writer: password(),
    replication: password(),
    clusterId: clusterId(),
    clientState: password(),
    demoTenantId: randomUUID(),
    demoClientId: randomUUID(),
    demoClientSecret: password(),
  };
}

/** Kafka's own tool avoids a leading dash: it would read as an option. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}
