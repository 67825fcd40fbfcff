import { startThrowawayPostgres } from '@sync/twenty-demo';
import type { ThrowawayPostgres } from '@sync/twenty-demo';
import { Client } from 'pg';
import { asUnavailable } from '../twenty-unavailable.ts';
import { WriterConnections } from './writer-connections.ts';

let server: ThrowawayPostgres;
let admin: Client;

beforeAll(async () => {
  server = await startThrowawayPostgres(16);
  admin = new Client({ connectionString: server.url() });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await server.stop();
});

test('a connection that the server ends between two statements is an outage, and the next one works', async () => {
  const connections = new WriterConnections({ url: server.url(), connections: 1, origins: [] });
  const failure: unknown = await connections
    .use(async (client) => {
      const { rows } = await client.ask('SELECT pg_backend_pid()', []);
      await admin.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.[0]]);
      // The server's last words were sent before this answer, so they arrive while nothing is being asked.
      await admin.query('SELECT 1');
      return client.ask('SELECT 1', []);
    })
    .catch((error: unknown) => error);
  expect(asUnavailable(failure)).toBeDefined();
  const again = await connections.use((client) => client.ask('SELECT 1', []));
  expect(again.rows).toEqual([['1']]);
  await connections.close();
});
