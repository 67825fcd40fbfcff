/** The one call of a service's main file. */
import { join } from 'node:path';
import type { ConfigOf, OptionTable } from '../config/option.ts';
import { registrySource } from '../avro/schema-source.ts';
import { BASE_OPTIONS, type BaseConfig } from '../config/base-options.ts';
import { loadConfig, printable } from '../config/load-config.ts';
import type { KafkaConnection } from '../kafka/client.ts';
import { KafkaBroker } from '../kafka/kafka-broker.ts';
import { createLog, type Logger } from '../observe/log.ts';
import { createMetrics } from '../observe/metrics.ts';
import { sleepUnless, type Patience } from '../processor/patience.ts';
import { LmdbCache } from '../store/lmdb-cache.ts';
import { MemoryCache } from '../store/memory-cache.ts';
import type { ServiceDefinition } from './contract.ts';
import { closeServer, createHttp, listen } from './http.ts';
import { launch, type Parts, type Running } from './launch.ts';
import { watchdog } from './watchdog.ts';

/** Longest time from a signal to the exit, milliseconds. */
const STOP_WITHIN_MS = 30_000;

/** Twice this long without a sign of the consumer is an end, milliseconds; a request to a broker that hangs takes 30 s to fail. */
const SILENCE_MS = 60_000;

/** Runs a service until SIGTERM or SIGINT, then drains. Any error that is neither to be waited for nor a dead letter ends the process with code 1. */
export async function runService<O extends OptionTable>(definition: ServiceDefinition<O>): Promise<void> {
  const { name } = definition.topology;
  const early = createLog(name, 'info');
  const crash = (error: unknown): never => die(early, error);
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  try {
    await run(definition, crash);
  } catch (error) {
    crash(error);
  }
}

async function run<O extends OptionTable>(
  definition: ServiceDefinition<O>,
  crash: (error: unknown) => never,
): Promise<void> {
  const { topology, options } = definition;
  const table = { ...BASE_OPTIONS, ...options };
  // The table is the union of both, so the configuration has both types.
  const config = loadConfig(table, process.env) as BaseConfig & ConfigOf<O>;
  const log = createLog(topology.name, config.logLevel);
  log.info({ config: printable(table, config) }, 'starting');
  const stopping = new AbortController();
  const broker = new KafkaBroker(connectionOf(config), `sync.${topology.name}`, log);
  const dog = watchdog(SILENCE_MS, () => answers(broker), crash);
  const parts = makeParts(definition.topology, config, {
    broker,
    log,
    stopping: stopping.signal,
    onAlive: dog.alive,
    onCrash: crash,
  });
  let running: Running | null = null;
  const http = createHttp(parts.metrics, () => (running === null ? 'starting' : running.notReady()));
  const { server, port } = await listen(http, config.httpHost, config.httpPort);
  log.info({ port }, 'listening');
  const stopped = onSignal(log, async () => {
    stopping.abort();
    dog.stop();
    await running?.stop();
    await closeServer(server);
  });
  const build = definition.build;
  void launch(topology, parts, { config, http, build }, (made) => (running = made)).then(
    () => log.info('running'),
    (error: unknown) => (stopping.signal.aborted ? undefined : crash(error)),
  );
  await stopped;
  log.info('stopped');
  process.exit(0);
}

function makeParts(
  topology: ServiceDefinition<OptionTable>['topology'],
  config: BaseConfig,
  given: Pick<Parts, 'broker' | 'log' | 'onAlive' | 'onCrash'> & { readonly stopping: AbortSignal },
): Parts {
  const { stopping, ...parts } = given;
  const follows = topology.tables.length + topology.keeps.length > 0;
  return {
    ...parts,
    schemas: registrySource(config.registryUrl),
    cache: follows ? new LmdbCache(join(config.dataDir, 'cache')) : new MemoryCache(),
    metrics: createMetrics(topology.name),
    patience: startPatience(parts.log, stopping),
    now: Date.now,
    random: Math.random,
  };
}

/** Does the broker answer now? */
async function answers(broker: KafkaBroker): Promise<boolean> {
  try {
    await broker.clusterId();
    return true;
  } catch {
    // Why not was logged by the client; here only the yes or no counts.
    return false;
  }
}

function startPatience(log: Logger, stopping: AbortSignal): Patience {
  return {
    random: Math.random,
    wait: (ms) => sleepUnless([stopping], ms),
    onWait: (error, ms) =>
      log.warn({ code: error.code, waitMs: ms, err: error }, 'waiting for a part that is not there'),
  };
}

function connectionOf(config: BaseConfig): KafkaConnection {
  const { brokers, kafkaSsl: ssl, kafkaSasl, kafkaUser, kafkaPassword, sessionTimeoutMs } = config;
  if (kafkaSasl === undefined) return { brokers, ssl, sessionTimeoutMs };
  return {
    brokers,
    ssl,
    sessionTimeoutMs,
    sasl: { mechanism: kafkaSasl, username: kafkaUser ?? '', password: kafkaPassword ?? '' },
  };
}

/** Resolves when the first signal's stop is done; the second signal, or a stop that takes too long, ends the process at once. */
function onSignal(log: Logger, stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = false;
    const hear = (signal: string): void => {
      if (told) process.exit(1);
      told = true;
      log.info({ signal }, 'draining');
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      stop().then(resolve, reject);
    };
    process.on('SIGTERM', hear);
    process.on('SIGINT', hear);
  });
}

/** The log is written synchronously, so the line is out before the process ends. */
function die(log: Logger, error: unknown): never {
  log.fatal({ err: error }, 'crashed');
  process.exit(1);
}
