import { SyncError } from '@sync/core';
import type { Budget } from './budget/budget.ts';
import { openGraph } from './client/open-graph.ts';
import type { ClientOptions } from './client/options.ts';
import type { GraphClient } from './port.ts';

/** What the fake answers: a status, headers and a body, or a failure of the network. */
export type Answer =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown } | Error;

/** A request as it went out. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface FakeGraph {
  readonly client: GraphClient;
  readonly sent: Sent[];
  readonly dropped: string[];
  /** Moves the clock and runs the timers that are due. */
  readonly advance: (ms: number) => void;
}

export const ROOT = 'https://graph.example.com/v1.0';
/** 2026-03-02T12:00:00Z */
export const NOW = 1_772_452_800_000;

/** A client whose network is a list of answers, given out in order, and whose clock stands still. */
export function fakeGraph(answers: readonly Answer[], options: Partial<ClientOptions> = {}): FakeGraph {
  const sent: Sent[] = [];
  const dropped: string[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const left = [...answers];
  let time = NOW;
  const client = openGraph({
    rootUrl: ROOT,
    token: { get: async () => `token-${dropped.length}`, drop: (token) => void dropped.push(token) },
    budget: openBudget(),
    userAgent: 'NONISV|Example|Sync/1.0',
    timeoutMs: 1000,
    now: () => time,
    fetch: async (url, init) => answerOf(record(sent, url, init), left.shift()),
    schedule: (ms, run) => {
      const timer = { at: time + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer) >>> 0, 1);
    },
    ...options,
  });
  const advance = (ms: number): void => {
    time += ms;
    for (const timer of timers.splice(0)) {
      if (timer.at <= time) timer.run();
      else timers.push(timer);
    }
  };
  return { client, sent, dropped, advance };
}

function record(sent: Sent[], url: string | URL | Request, init: RequestInit | undefined): Sent {
  const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
  const request = {
    method: init?.method ?? 'GET',
    url: url instanceof Request ? url.url : url.toString(),
    headers: new Headers(init?.headers),
    body,
  };
  sent.push(request);
  return request;
}

/** How many calls a request to `$batch` carries. */
export function membersOf({ body }: Sent): number {
  return (body as { requests: unknown[] }).requests.length;
}

function answerOf(request: Sent, answer: Answer | undefined): Response {
  if (answer === undefined) throw new Error(`no answer is left for ${request.method} ${request.url}`);
  if (!('status' in answer)) throw answer;
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const empty = answer.body === undefined || answer.status === 204;
  return new Response(empty ? null : text, { status: answer.status, headers: answer.headers ?? {} });
}

/** A budget that has plenty, and only knows the hold. */
export function openBudget(): Budget {
  let heldUntil = 0;
  return {
    take: (_units, _urgency, now) =>
      now >= heldUntil ? { granted: true } : { granted: false, waitMs: heldUntil - now },
    largest: () => 1000,
    observe: () => undefined,
    hold: (until) => {
      heldUntil = Math.max(heldUntil, until);
    },
  };
}

/** Graph's error envelope. */
export function refusal(code: string, message = '', innerError: object = {}): object {
  return { error: { code, message, innerError } };
}

/** The code of the SyncError that a function throws, or null. */
export function codeOf(run: () => unknown): string | null {
  try {
    run();
  } catch (error) {
    if (error instanceof SyncError) return error.code;
  }
  return null;
}
