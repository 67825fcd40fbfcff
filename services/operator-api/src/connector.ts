/** The capture's connector, as Kafka Connect's REST API lets one handle it. */
import { readFile } from 'node:fs/promises';

/** A worker that does not answer for this long is taken for dead, milliseconds. */
const ANSWER_MS = 30_000;

export type ConnectorConfig = Readonly<Record<string, string>>;

/** What can be done with a connector. Everything throws with Connect's own words when it fails. */
export interface Connector {
  readonly name: string;
  /** Creates or updates it. */
  configure(): Promise<void>;
  /** Ends its tasks, and resolves when they are gone; its position is kept. */
  stop(): Promise<void>;
  /** Forgets its position; it must be stopped. The next start begins with a snapshot. */
  forgetPosition(): Promise<void>;
  resume(): Promise<void>;
  /** Resolves when its task runs. */
  untilRunning(): Promise<void>;
}

/** The connector of a definition file; `withinMs` limits each waiting. */
export async function openConnector(options: {
  readonly connectUrl: string;
  readonly file: string;
  readonly withinMs: number;
}): Promise<Connector> {
  const config = JSON.parse(await readFile(options.file, 'utf8')) as ConnectorConfig;
  const name = config['name'] ?? 'twenty';
  const url = `${options.connectUrl}/connectors/${name}`;
  const until = (what: string, reached: (status: Status | null) => boolean): Promise<void> =>
    untilStatus(url, what, reached, Date.now() + options.withinMs);
  return {
    name,
    configure: () => ask('PUT', `${url}/config`, config),
    stop: async () => {
      await ask('PUT', `${url}/stop`);
      await until('stopped', isStopped);
    },
    forgetPosition: () => ask('DELETE', `${url}/offsets`),
    resume: () => ask('PUT', `${url}/resume`),
    untilRunning: () => until('running', isRunning),
  };
}

async function ask(method: string, url: string, body?: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(ANSWER_MS);
  const content = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  const answer = await fetch(url, { method, signal, ...content });
  if (!answer.ok)
    throw new Error(`${method} ${new URL(url).pathname}: ${answer.status} ${await answer.text()}`);
}

async function untilStatus(
  url: string,
  what: string,
  reached: (status: Status | null) => boolean,
  deadline: number,
): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/status`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const status = answer.ok ? ((await answer.json()) as Status) : null;
    if (reached(status)) return;
    if (Date.now() > deadline) throw new Error(`the capture is not ${what}: ${statesOf(status).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isStopped(status: Status | null): boolean {
  return status?.connector?.state === 'STOPPED' && (status.tasks ?? []).length === 0;
}

function isRunning(status: Status | null): boolean {
  const failed = status?.tasks?.find((task) => task.state === 'FAILED');
  if (failed !== undefined)
    throw new Error(`the capture task failed: ${failed.trace?.split('\n')[0] ?? 'no reason given'}`);
  const states = statesOf(status);
  return states.length > 1 && states.every((state) => state === 'RUNNING');
}

function statesOf(status: Status | null): (string | undefined)[] {
  return [status?.connector?.state, ...(status?.tasks ?? []).map((task) => task.state)];
}

interface Status {
  readonly connector?: { readonly state?: string };
  readonly tasks?: readonly { readonly state?: string; readonly trace?: string }[];
}
