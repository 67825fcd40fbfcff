/** The operator's command line: `npm run sync -- <verb>`. Every verb may be repeated; it changes only what is missing or different. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { to, topics } from '@sync/core';
import type { GoneRow } from '@sync/core';
import { ensureTopics, openClient, registerSchemas } from '@sync/runtime';
import type { Client } from '@sync/runtime';
import {
  aloneOnDatabase,
  captureOptions,
  dropSlot,
  ensureCapture,
  forgetRefused,
  logPlace,
  missingRows,
  refusedSnapshots,
  tellGone,
} from '@sync/twenty';
import { conflicts } from './conflicts.ts';
import { openConnector } from './connector.ts';
import type { Connector } from './connector.ts';
import { deadLetters } from './dead-letters.ts';
import { goneLines, knownRows } from './gone.ts';
import { recoverCapture } from './recover-capture.ts';
import { fillVariables, parseWorkspaces } from './workspace-file.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface Verb {
  readonly doc: string;
  run(args: readonly string[]): Promise<void>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  topics: { doc: 'creates every topic of the manifest', run: createTopics },
  schemas: { doc: 'registers every schema with the registry', run: createSchemas },
  connector: {
    doc: 'registers the capture with Kafka Connect; recovers a first snapshot that was broken off',
    run: createConnector,
  },
  recover: { doc: 'after a lost replication slot: reads every row anew, without a gap', run: recover },
  gone: {
    doc: 'gone [--tell [--many]]: rows that were deleted while nothing was captured; --tell deletes their items',
    run: gone,
  },
  apply: { doc: 'apply <file.yaml>: applies the configuration of workspaces', run: applyWorkspaces },
  conflicts: {
    doc: 'conflicts list|resolve|undo: what waits for a person, and values put back',
    run: (args) => withClient(async (client) => (await conflicts(args, client)).forEach(say)),
  },
  'dead-letters': {
    doc: 'dead-letters list|redrive <service>: what could never be processed, and back with it',
    run: (args) => withClient(async (client) => (await deadLetters(args, client)).forEach(say)),
  },
};

async function createTopics(): Promise<void> {
  const partitions = Number(process.env['SYNC_PARTITIONS'] ?? '4');
  const report = await ensureTopics(
    { brokers: brokers() },
    {
      partitions: { record: partitions, tenant: partitions },
      replicationFactor: Number(process.env['SYNC_REPLICATION_FACTOR'] ?? '1'),
    },
  );
  const mismatches = report.filter((topic) => topic.state === 'mismatch');
  for (const topic of mismatches) say(`topic ${topic.name}: ${topic.problem}`);
  say(
    `topics: ${report.filter((topic) => topic.state === 'created').length} created, ${report.length} in all`,
  );
  if (mismatches.length > 0)
    throw new Error(
      `${mismatches.length} topic(s) differ from the manifest; they are never changed by machine`,
    );
}

async function createSchemas(): Promise<void> {
  const report = await registerSchemas(required('SYNC_REGISTRY_URL'));
  const refused = report.filter((schema) => schema.state === 'incompatible');
  for (const schema of refused) say(`schema ${schema.subject}: ${schema.problem}`);
  say(
    `schemas: ${report.filter((schema) => schema.state === 'registered').length} registered, ${report.length} in all`,
  );
  if (refused.length > 0)
    throw new Error(
      `${refused.length} schema(s) are not compatible with what is registered; nothing was changed for them`,
    );
}

async function createConnector(): Promise<void> {
  const connector = await capture();
  await connector.configure();
  // A first snapshot that was broken off: nothing but this would ever complete it.
  if ((await refusedSnapshots(captureOptions(process.env))) > 0) await recover();
  await connector.untilRunning();
  say(`connector ${connector.name}: running`);
}

function capture(): Promise<Connector> {
  return openConnector({
    connectUrl: required('SYNC_CONNECT_URL'),
    file: join(ROOT, 'connectors/twenty.json'),
    withinMs: 60_000,
  });
}

async function recover(): Promise<void> {
  const options = captureOptions(process.env);
  const connector = await capture();
  await aloneOnDatabase(options.adminUrl, async () => {
    const lines = recoverCapture({
      connector,
      ensureCapture: async () => {
        await ensureCapture(options);
      },
      dropSlot: () => dropSlot(options),
      logPlace: () => logPlace(options),
      refused: () => refusedSnapshots(options),
      forgetRefused: () => forgetRefused(options),
      pause: () => pause(1_000),
      countGone: async () => (await missing(options.adminUrl)).length,
    });
    for await (const line of lines) say(`recover: ${line}`);
  });
}

async function gone(args: readonly string[]): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ args: [...args], options: { tell: flag, many: flag } });
  const { adminUrl } = captureOptions(process.env);
  const lines = await goneLines(await missing(adminUrl), values, (rows) => tellGone(adminUrl, rows));
  lines.forEach(say);
}

async function missing(adminUrl: string): Promise<GoneRow[]> {
  const found: GoneRow[] = [];
  await withClient(
    async (client) => void found.push(...(await missingRows(adminUrl, await knownRows(client)))),
  );
  return found;
}

async function applyWorkspaces([file]: readonly string[]): Promise<void> {
  if (file === undefined) throw new Error('apply needs the path of a YAML file');
  const parsed = parseWorkspaces(parse(fillVariables(await readFile(file, 'utf8'), process.env)));
  if (!parsed.ok)
    throw new Error(
      `${file} cannot be applied:\n${parsed.mistakes.map((mistake) => `  ${mistake}`).join('\n')}`,
    );
  await withClient((client) =>
    client.send(parsed.configs.map((config) => to(topics.config, config.workspaceId, config))),
  );
  say(`applied ${parsed.configs.length} workspace(s)`);
}

async function withClient(work: (client: Client) => Promise<void>): Promise<void> {
  const client = await openClient({
    brokers: brokers(),
    registryUrl: required('SYNC_REGISTRY_URL'),
    // One record that nobody can read must not keep an operator from all the others.
    onUnreadable: (where, reason) => process.stderr.write(`left out: ${where}: ${reason}\n`),
  });
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

function brokers(): string[] {
  return required('SYNC_KAFKA_BROKERS').split(',');
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is required; \`npm run status -- --json\` shows the values of the local stack`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const [name = '', ...args] = process.argv.slice(2);
const verb = VERBS[name];
if (verb === undefined) {
  const lines = Object.entries(VERBS).map(([known, { doc }]) => `  ${known.padEnd(13)} ${doc}`);
  process.stderr.write(`usage: npm run sync -- <verb>\n${lines.join('\n')}\n`);
  process.exitCode = 2;
} else {
  try {
    await verb.run(args);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
