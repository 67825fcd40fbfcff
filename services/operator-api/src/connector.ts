/** Registers the capture with Kafka Connect. */
import { readFile } from 'node:fs/promises';

/** Fills `${NAME}` in the connector's JSON; every name without a value is told at once. */
export function fillConnector(text: string, values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const missing = new Set<string>();
  const filled = text.replaceAll(/\$\{([A-Z_]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) missing.add(name);
    return JSON.stringify(value ?? '').slice(1, -1);
  });
  if (missing.size > 0) throw new RangeError(`connectors/twenty.json needs values for: ${[...missing].join(', ')}`);
  return JSON.parse(filled) as Record<string, string>;
}

/** The parts of a PostgreSQL URL that the connector wants one by one. */
export function databaseValues(url: string): Record<string, string> {
  const parsed = new URL(url);
  return {
    DATABASE_HOST: parsed.hostname,
    DATABASE_PORT: parsed.port || '5432',
    DATABASE_USER: decodeURIComponent(parsed.username),
    DATABASE_PASSWORD: decodeURIComponent(parsed.password),
    DATABASE_NAME: parsed.pathname.slice(1),
  };
}

/** Creates or updates the connector and waits until its task runs. Throws with Connect's own words when it fails. */
export async function registerConnector(options: {
  connectUrl: string;
  file: string;
  values: Readonly<Record<string, string | undefined>>;
  withinMs: number;
}): Promise<string> {
  const config = fillConnector(await readFile(options.file, 'utf8'), options.values);
  const name = config['name'] ?? 'twenty';
  const url = `${options.connectUrl}/connectors/${name}`;
  const answer = await fetch(`${url}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(config),
  });
  if (!answer.ok) throw new Error(`registering the connector ${name}: ${answer.status} ${await answer.text()}`);
  await untilRunning(url, Date.now() + options.withinMs);
  return name;
}

async function untilRunning(url: string, deadline: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/status`);
    const status = answer.ok ? ((await answer.json()) as Status) : null;
    const states = [status?.connector?.state, ...(status?.tasks ?? []).map((task) => task.state)];
    if (states.length > 1 && states.every((state) => state === 'RUNNING')) return;
    const failed = status?.tasks?.find((task) => task.state === 'FAILED');
    if (failed !== undefined) throw new Error(`the capture task failed: ${failed.trace?.split('\n')[0] ?? 'no reason given'}`);
    if (Date.now() > deadline) throw new Error(`the capture task is not running: ${states.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Status {
  readonly connector?: { readonly state?: string };
  readonly tasks?: readonly { readonly state?: string; readonly trace?: string }[];
}
