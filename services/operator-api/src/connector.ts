/** Registers the capture with Kafka Connect. */
import { readFile } from 'node:fs/promises';

/** Creates or updates the connector and waits until its task runs. Throws with Connect's own words when it fails. */
export async function registerConnector(options: {
  connectUrl: string;
  file: string;
  withinMs: number;
}): Promise<string> {
  const config = JSON.parse(await readFile(options.file, 'utf8')) as Record<string, string>;
  const name = config['name'] ?? 'twenty';
  const url = `${options.connectUrl}/connectors/${name}`;
  const answer = await fetch(`${url}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(config),
  });
  if (!answer.ok)
    throw new Error(`registering the connector ${name}: ${answer.status} ${await answer.text()}`);
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
    if (failed !== undefined)
      throw new Error(`the capture task failed: ${failed.trace?.split('\n')[0] ?? 'no reason given'}`);
    if (Date.now() > deadline) throw new Error(`the capture task is not running: ${states.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

interface Status {
  readonly connector?: { readonly state?: string };
  readonly tasks?: readonly { readonly state?: string; readonly trace?: string }[];
}
