import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import express from 'express';
import type { Express } from 'express';
import { authorityRoutes } from './authority/authority-routes.ts';
import { serverCertificate, tokenKey } from './authority/certificates.ts';
import { controlRoutes } from './control/control-routes.ts';
import { graphRoutes } from './graph/graph-http.ts';
import { deliverByHttp } from './notify/deliver.ts';
import { laterByTimer } from './notify/notifier.ts';
import type { SimulatorOptions } from './options.ts';
import { seedFacts } from './seed.ts';
import { Simulator } from './simulator.ts';
import { openJournal } from './state/journal.ts';

export interface RunningSimulator {
  readonly httpUrl: string;
  readonly httpsUrl: string;
  /** PEM file of the CA behind `httpsUrl`. */
  readonly caFile: string;
  close(): Promise<void>;
}

/** Longer than any client keeps an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;

/** Starts a simulator on loopback; rejects when a port is taken or the data folder cannot be read. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const now = options.now ?? Date.now;
  const { state, journal } = openJournal(options.dataDir);
  const parts = { state, journal, now, newId: randomUUID, deliver: deliverByHttp, later: laterByTimer };
  const simulator = new Simulator(parts);
  Object.assign(simulator.knobs, options.knobs);
  if (options.seed !== undefined) commitSeed(simulator, options.seed);
  const certificate = await serverCertificate(options.dataDir, Date.now());
  const key = tokenKey(options.dataDir);
  const plain = http.createServer(plainApp(simulator, key, options.pageDir));
  const secure = https.createServer(certificate, graphApp(simulator, key));
  const httpPort = await listen(plain, options.httpPort ?? 0);
  const httpsPort = await listen(secure, options.httpsPort ?? 0);
  simulator.notifier.resume();
  return {
    httpUrl: `http://127.0.0.1:${httpPort}`,
    httpsUrl: `https://127.0.0.1:${httpsPort}`,
    caFile: certificate.caFile,
    close: async () => {
      await Promise.all([stop(plain), stop(secure)]);
      simulator.close();
    },
  };
}

function commitSeed(simulator: Simulator, seed: NonNullable<SimulatorOptions['seed']>): void {
  const facts = seedFacts(simulator.state, seed, simulator.now());
  if (facts.length > 0) simulator.commit(facts);
}

function graphApp(simulator: Simulator, key: Buffer): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/v1.0', graphRoutes(simulator, key));
  app.use(authorityRoutes(simulator, key));
  return app;
}

function plainApp(simulator: Simulator, key: Buffer, pageDir: string | undefined): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use('/__sim', controlRoutes(simulator));
  if (pageDir !== undefined) app.use(express.static(pageDir, { cacheControl: false }));
  app.use(graphApp(simulator, key));
  return app;
}

function listen(server: http.Server | https.Server, port: number): Promise<number> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`cannot listen on 127.0.0.1:${port}: ${error.message}`)),
    );
    server.listen(port, '127.0.0.1', () => resolve(portOf(server)));
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function stop(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
