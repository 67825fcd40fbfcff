/** The HTTP server of a service: liveness, readiness, metrics, and the service's own routes. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import type { Metrics, RuntimeMetrics } from '../observe/metrics.ts';

/** The application with the runtime's routes. Liveness never depends on the broker; readiness says why not. */
export function createHttp(metrics: Metrics<RuntimeMetrics>, notReady: () => string | null): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/live', (_request, response) => void response.json({ live: true }));
  app.get('/ready', (_request, response) => {
    const reason = notReady();
    metrics.set('sync_ready', {}, reason === null ? 1 : 0);
    response
      .status(reason === null ? 200 : 503)
      .json(reason === null ? { ready: true } : { ready: false, reason });
  });
  app.get('/metrics', async (_request, response) => {
    const { type, body } = await metrics.page();
    response.type(type).send(body);
  });
  return app;
}

/** Listens; resolves with the server and the port that it got. */
export function listen(app: Express, host: string, port: number): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', reject);
    // A TCP server's address is an AddressInfo.
    server.listen(port, host, () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}

/** Ends the server; open keep-alive connections are cut. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
