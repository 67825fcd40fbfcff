import { isObject } from '../lists/facet.ts';
import type { GraphCall, GraphReply } from './call.ts';
import { badRequest, errorBody, isRefusal, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';

const MAX_STEPS = 20;

interface Step {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

export interface StepReply {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Runs a batch; the answers come back in another order than the requests, as Graph allows itself. */
export async function answerBatch(
  call: GraphCall,
  run: (member: GraphCall) => Promise<GraphReply>,
): Promise<GraphReply | Refusal> {
  const steps = readSteps(call.body);
  if (isRefusal(steps)) return steps;
  const done = new Map<string, StepReply>();
  for (const step of steps) done.set(step.id, await runStep(call, step, done, run));
  return { status: 200, body: { responses: [...done.values()].reverse() } };
}

async function runStep(
  call: GraphCall,
  step: Step,
  done: ReadonlyMap<string, StepReply>,
  run: (member: GraphCall) => Promise<GraphReply>,
): Promise<StepReply> {
  const failed = step.dependsOn.some((id) => (done.get(id)?.status ?? 400) >= 400);
  if (failed) return failedDependency(call, step);
  const { status, headers, body } = await run(memberCall(call, step));
  const known = body === undefined ? { 'Cache-Control': 'no-cache' } : { 'Content-Type': 'application/json' };
  return { id: step.id, status, headers: { ...known, ...headers }, body: body ?? null };
}

function memberCall(call: GraphCall, step: Step): GraphCall {
  const url = new URL(step.url, 'http://batch.invalid');
  const lower = Object.entries(step.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    ...call,
    method: step.method,
    path: step.url.split(/[?#]/)[0] ?? '',
    query: url.searchParams,
    headers: Object.fromEntries(lower) as Record<string, string>,
    body: step.body,
  };
}

function failedDependency(call: GraphCall, step: Step): StepReply {
  const body = errorBody(refuse(424, 'failedDependency', 'A dependent request failed'), call);
  return { id: step.id, status: 424, headers: { 'Content-Type': 'application/json' }, body };
}

function readSteps(body: unknown): Step[] | Refusal {
  const requests = isObject(body) ? body['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0)
    return badRequest('requests must be a non-empty array.');
  if (requests.length > MAX_STEPS) {
    return badRequest(`Number of batch request steps exceeds the maximum value of '${MAX_STEPS}'.`);
  }
  const steps: Step[] = [];
  for (const request of requests) {
    const step = readStep(request, steps);
    if (isRefusal(step)) return step;
    steps.push(step);
  }
  return steps;
}

function readStep(request: unknown, earlier: readonly Step[]): Step | Refusal {
  if (!isObject(request)) return badRequest('Every batch request must be an object.');
  const { id, method, url, headers, body, dependsOn } = request;
  if (typeof id !== 'string' || id === '') return badRequest('Every batch request needs an id.');
  if (earlier.some((step) => step.id.toLowerCase() === id.toLowerCase())) {
    return badRequest(`Duplicate request id '${id}'.`);
  }
  if (typeof method !== 'string' || typeof url !== 'string')
    return badRequest(`Request '${id}' needs method and url.`);
  if (!url.startsWith('/') || /^\/?\$batch/.test(url)) return badRequest(`Invalid url in request '${id}'.`);
  const given = isObject(headers) ? (headers as Record<string, string>) : {};
  if (body !== undefined && !hasContentType(given)) {
    return badRequest(`Request '${id}' has a body and needs a Content-Type header.`);
  }
  const parents = Array.isArray(dependsOn) ? dependsOn.map(String) : [];
  if (parents.some((parent) => !earlier.some((step) => step.id === parent))) {
    return badRequest(`Request '${id}' depends on a request that does not come before it.`);
  }
  return { id, method: method.toUpperCase(), url, headers: given, body, dependsOn: parents };
}

const hasContentType = (headers: Record<string, string>): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
