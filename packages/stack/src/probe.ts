import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Probe } from './part.ts';

const TRY_LIMIT_MS = 2_000;

/** Whether a part answers right now; a refusal, a time-out and a wrong answer are all "not yet". */
export async function answers(probe: Probe, logFile: string): Promise<boolean> {
  try {
    return await ask(probe, logFile);
  } catch {
    return false;
  }
}

async function ask(probe: Probe, logFile: string): Promise<boolean> {
  switch (probe.kind) {
    case 'http':
      return (await fetch(probe.url, { signal: AbortSignal.timeout(TRY_LIMIT_MS) })).status === 200;
    case 'postgres':
      return askPostgres(probe.url);
    case 'log':
      return readFileSync(logFile, 'utf8').includes(probe.words);
  }
}

async function askPostgres(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: TRY_LIMIT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } finally {
    await client.end();
  }
}
