/**
 * `npm run measure -- <what>`: figures of a running stack (`npm start`).
 *   outbound [n]   commit in Twenty → 2xx of SharePoint, with the share of each hop
 *   inbound [n]    edit in SharePoint → row in Twenty, by notification and by timed read alone
 *   idle           commands in a minute in which nobody does anything (must be 0)
 *   runtime [n]    CPU per record of the runtime, beside bare kafkajs on the same records
 *   restore [n]    keys per second until a service has its state again, from Kafka and from its local copy
 *   memory         resident and proportional memory of every process of the stack
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { measureIdle } from './measure/idle.ts';
import { measureInbound } from './measure/inbound.ts';
import { measureMemory } from './measure/memory.ts';
import { measureOutbound } from './measure/outbound.ts';
import { measureRestore } from './measure/restore.ts';
import { measureRuntime } from './measure/runtime-cost.ts';
import { join } from 'node:path';
import { openClient } from '@sync/runtime';
import { readStatus } from '@sync/stack';

const WORKSPACE = '5a17d0c4-1f0e-4b7a-9c51-0d7e3a6b2f10';

const dataDir = process.env['SYNC_DATA_DIR'] ?? join(import.meta.dirname, '../.data');
const { env } = readStatus(dataDir);
const [what = '', count] = process.argv.slice(2);
if (what === 'memory') {
  measureMemory(dataDir);
} else if (what === 'restore') {
  await measureRestore(variable('SYNC_KAFKA_BROKERS').split(','), Number(count ?? '100000'));
} else if (what === 'runtime') {
  await measureRuntime(variable('SYNC_KAFKA_BROKERS').split(','), Number(count ?? '100000'));
} else {
  const client = await openClient({
    brokers: variable('SYNC_KAFKA_BROKERS').split(','),
    registryUrl: variable('SYNC_REGISTRY_URL'),
  });
  const db = new pg.Client({ connectionString: variable('SYNC_PG_URL') });
  await db.connect();
  const tools = { client, db, workspaceId: WORKSPACE, simulatorUrl: env['SYNC_SIMULATOR_URL'] ?? '', pause };
  try {
    if (what === 'outbound') await measureOutbound(tools, Number(count ?? '500'));
    else if (what === 'inbound') await measureInbound(tools, Number(count ?? '50'));
    else if (what === 'idle') await measureIdle(tools);
    else console.error('usage: npm run measure -- outbound | inbound | idle | runtime | restore | memory');
  } finally {
    await db.end();
    await client.close();
  }
}

function variable(name: string): string {
  const value = env[name];
  if (value === undefined) throw new Error(`there is no ${name}: start the stack first (npm start)`);
  return value;
}
