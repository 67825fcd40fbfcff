import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Seed } from '../seed.ts';

/** Node of the project: it strips types itself. */
export const NODE = join(process.cwd(), 'node_modules/.bin/node');
const MAIN = join(process.cwd(), 'packages/simulator/src/main.ts');

export const SEED_TENANT = 'b7f1a2c0-0000-4000-8000-000000000001';
export const SEED_CLIENT = 'b7f1a2c0-0000-4000-8000-000000000002';
export const SEED_HOST = 'heron-demo.sharepoint.example';
export const SEED: Seed = {
  tenants: [
    {
      id: SEED_TENANT,
      clientId: SEED_CLIENT,
      clientSecret: 'a secret of the heron',
      sites: [{ host: SEED_HOST, path: '/sites/pond', name: 'Pond' }],
    },
  ],
};

export interface Ready {
  readonly http: string;
  readonly https: string;
  readonly ca: string;
}

export function makeDataDir(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'graph-simulator-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the simulator as its own process and waits for its ready line. */
export async function startProcess(dataDir: string): Promise<{ child: ChildProcess; ready: Ready }> {
  const env = { ...process.env, SIM_DATA_DIR: dataDir, SIM_SEED: JSON.stringify(SEED) };
  const child = spawn(NODE, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as Ready));
  });
  return { child, ready };
}

export function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
}

export async function tokenFrom(origin: string): Promise<string> {
  const body = new URLSearchParams({
    client_id: SEED_CLIENT,
    client_secret: 'a secret of the heron',
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default',
  });
  const response = await fetch(`${origin}/${SEED_TENANT}/oauth2/v2.0/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Sends one Graph request with a token. */
export function graph(origin: string, token: string) {
  return async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${origin}/v1.0${path}`, init);
    const text = await response.text();
    const parsed = (text === '' ? null : JSON.parse(text)) as Record<string, unknown> | null;
    return { status: response.status, headers: response.headers, body: parsed ?? {} };
  };
}
