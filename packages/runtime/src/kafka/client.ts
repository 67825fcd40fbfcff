/** The Kafka client, configured once for everybody. */
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SyncError } from '@sync/core';
import { Kafka, logLevel, type ISocketFactory, type LogEntry, type SASLOptions } from 'kafkajs';
import type { Logger } from '../observe/log.ts';
import { patchRequestQueue } from './request-queue-patch.ts';

/** How to reach Kafka. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly ssl?: boolean;
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  /** A member of a group is taken for dead after this long without a heartbeat, milliseconds. */
  readonly sessionTimeoutMs?: number;
}

/** How long the partitions of a killed instance lie idle, milliseconds. Heartbeats come while work runs, so it need not be long. */
export const SESSION_TIMEOUT_MS = 10_000;

/** The sink answers this one: after a failure it takes a new producer. */
const KNOWN_WARNING = 'Limiting retries for the idempotent producer';

/** Makes a kafkajs client. */
export function createKafka(connection: KafkaConnection, clientId: string, log?: Logger): Kafka {
  patchRequestQueue();
  return new Kafka({
    clientId,
    brokers: [...connection.brokers],
    ssl: connection.ssl ?? false,
    // The three mechanisms share their fields; the library's type is one variant per mechanism.
    ...(connection.sasl ? { sasl: { ...connection.sasl } as SASLOptions } : {}),
    connectionTimeout: 10_000,
    requestTimeout: 30_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 300, retries: 10, maxRetryTime: 30_000 },
    socketFactory,
    logLevel: log === undefined ? logLevel.NOTHING : logLevel.WARN,
    logCreator: () => (entry) => {
      if (!entry.log.message.startsWith(KNOWN_WARNING)) log?.warn({ kafka: describe(entry) }, 'kafka client');
    },
  });
}

/** Nagle's algorithm would hold back small requests that follow one another. */
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }): Socket => {
  // Typed as always present, but undefined without TLS.
  const tls = ssl as typeof ssl | undefined | false;
  const socket = tls
    ? connectTls({ host, port, ...(!/^[\d.:]+$/.test(host) ? { servername: host } : {}), ...tls }, onConnect)
    : connectTcp({ host, port }, onConnect);
  socket.setKeepAlive(true, 60_000);
  socket.setNoDelay(true);
  return socket;
};

/** The library's message without its stack, which would fill the log during every outage. */
function describe(entry: LogEntry): Record<string, unknown> {
  const { message, error, groupId, broker } = entry.log;
  return {
    namespace: entry.namespace,
    message,
    error: error instanceof Error ? error.message : error,
    groupId,
    broker,
  };
}

/** The answer of the client library, whose errors all mean: not now. */
export async function available<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new SyncError('KAFKA_UNAVAILABLE', 'asking Kafka: no usable answer', { cause });
  }
}
