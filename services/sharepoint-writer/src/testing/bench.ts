/** A writer on a bench: the simulator with one list, the real Graph client, and hands to do what a SharePoint user does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listColumnsOf, topics } from '@sync/core';
import type { ColumnSpec, OutRecord, SharePointWrite, WorkspaceConfig, WriteResult } from '@sync/core';
import { createBudget, createList, openGraph, siteByPath } from '@sync/graph';
import type { GraphClient, ListRef } from '@sync/graph';
import { startSimulator } from '@sync/simulator';
import type { RunningSimulator } from '@sync/simulator';
import { batching } from '../batcher.ts';
import type { Known } from '../job.ts';
import { createWriter } from '../writer.ts';
import { companyMapping } from './fixtures.ts';

const TENANT = 'b7f1a2c0-0000-4000-8000-000000000001';
const CLIENT = 'b7f1a2c0-0000-4000-8000-000000000002';
const SECRET = 'a secret of the bench';
const SITE = { host: 'bench.sharepoint.example', path: '/sites/crm', name: 'CRM' };

export interface Bench {
  readonly list: ListRef;
  /** Paths of the requests that reached Graph. */
  readonly requests: string[];
  /** Carries out a command, in the bench's list unless another is named. */
  write(command: SharePointWrite, list?: ListRef): Promise<WriteResult>;
  /** Forgets what the writer remembers, as if it had died before that was acknowledged. */
  restart(): void;
  /** The answer to the next request is lost on its way. */
  readonly loseNextAnswer: () => void;
  /** What a person, or the operator of the simulator, does. */
  control(method: string, path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

export async function openBench(without: readonly string[] = []): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'writer-bench-'));
  const seed = {
    tenants: [{ id: TENANT, clientId: CLIENT, clientSecret: SECRET, licences: 100_000, sites: [SITE] }],
  };
  const simulator = await startSimulator({ dataDir, seed });
  const network = openNetwork();
  const client = await openClient(simulator, network.fetch);
  const list = await makeList(client, without);
  const memory = new Map<string, Known>();
  // The workspace's configuration is not looked at: the client is given.
  const configOf = (): WorkspaceConfig => ({}) as WorkspaceConfig;
  const process = createWriter({ configOf, clientOf: () => client, memory, now: Date.now });
  network.requests.length = 0;
  return {
    list,
    requests: network.requests,
    write: async (given, where = list) => {
      const key = `${given.workspaceId}|${given.object}|${given.recordId}`;
      const value = { ...given, ...where };
      const outcome = await process({
        topic: topics.writes.p0,
        key,
        value,
        partition: 0,
        offset: '0',
        timestamp: 0,
        headers: {},
      });
      if (outcome.kind !== 'emit') throw new Error(`the writer gave no answer but ${outcome.kind}`);
      return acknowledge(outcome.stages.flat(), memory);
    },
    restart: () => memory.clear(),
    loseNextAnswer: network.loseNextAnswer,
    control: (method, path, body) => control(simulator, method, path, body),
    close: async () => {
      await simulator.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the runtime does with the records of an outcome: the changelog is the memory. Gives the answer among them. */
function acknowledge(records: readonly OutRecord[], memory: Map<string, Known>): WriteResult {
  for (const { topic, key, value } of records)
    if (topic.name === topics.writeMemory.name) memory.set(key, value as Known);
  return records.find(({ topic }) => topic.name === topics.sharepointResults.name)?.value as WriteResult;
}

async function openClient(simulator: RunningSimulator, network: typeof fetch): Promise<GraphClient> {
  const token = await tokenFrom(simulator.httpUrl);
  const budget = createBudget({ unitsPerMinute: 60_000_000, unitsPerDay: 1e12, share: 1 });
  const source = { get: () => Promise.resolve(token), drop: () => undefined };
  const rootUrl = `${simulator.httpUrl}/v1.0`;
  return batching(
    openGraph({
      rootUrl,
      token: source,
      budget,
      userAgent: 'NONISV|Bench|Writer/1.0',
      timeoutMs: 5_000,
      now: Date.now,
      fetch: network,
    }),
  );
}

async function tokenFrom(origin: string): Promise<string> {
  const scope = 'https://graph.microsoft.com/.default';
  const body = new URLSearchParams({
    client_id: CLIENT,
    client_secret: SECRET,
    grant_type: 'client_credentials',
    scope,
  });
  const response = await fetch(`${origin}/${TENANT}/oauth2/v2.0/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function makeList(client: GraphClient, without: readonly string[]): Promise<ListRef> {
  const site = await siteByPath(client, SITE.host, SITE.path);
  if (site === null) throw new Error('the bench has no site');
  const specs = listColumnsOf(companyMapping().fields);
  const columns = specs.filter(({ name }) => name !== 'Title' && !without.includes(name)).map(definitionOf);
  const { id } = await createList(client, site.id, 'Companies', columns);
  return { siteId: site.id, listId: id };
}

function definitionOf({ name, displayName, facet, unique = false }: ColumnSpec) {
  return { name, displayName, [facet]: {}, ...(unique ? { indexed: true, enforceUniqueValues: true } : {}) };
}

/** The network of the process, which can lose an answer after the request has arrived. */
function openNetwork(): { fetch: typeof fetch; requests: string[]; loseNextAnswer: () => void } {
  const requests: string[] = [];
  let losing = false;
  const through: typeof fetch = async (url, init) => {
    requests.push(
      `${init?.method ?? 'GET'} ${new URL(url instanceof Request ? url.url : url).pathname.replace(/^.*\/(items|\$batch)/, '$1')}`,
    );
    const response = await fetch(url, init);
    if (!losing) return response;
    losing = false;
    throw new TypeError('fetch failed');
  };
  return { fetch: through, requests, loseNextAnswer: () => void (losing = true) };
}

async function control(
  simulator: RunningSimulator,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${simulator.httpUrl}/__sim${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}
