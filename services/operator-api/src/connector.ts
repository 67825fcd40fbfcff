/** The capture's connector, as Kafka Connect's REST API lets one handle it. */
import { readFile } from 'node:fs/promises';
import {
  ANSWER_MS,
  answerOf,
  isPastSnapshot,
  isRunning,
  isStopped,
  refuseFailed,
  statesOf,
} from './connector-answers.ts';
import type { Positions, Status } from './connector-answers.ts';

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
  /**
   * Is a snapshot over that was taken after this place in the log, and that written down? False also while Connect gives no answer;
   * throws when the task failed.
   */
  hasReadSince(place: number): Promise<boolean>;
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
    hasReadSince: async (place) => {
      refuseFailed(await answerOf<Status>(`${url}/status`));
      return isPastSnapshot(await answerOf<Positions>(`${url}/offsets`), place);
    },
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
    const status = await answerOf<Status>(`${url}/status`);
    if (reached(status)) return;
    if (Date.now() > deadline) throw new Error(`the capture is not ${what}: ${statesOf(status).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
