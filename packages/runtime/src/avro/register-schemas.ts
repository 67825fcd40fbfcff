/** The explicit step that registers schemas. Plain REST: the client library's `register` misreads Apicurio's compatibility. */
import { SyncError, allTopics, type Topic } from '@sync/core';
import { schemaOf, subjectOf } from './codec.ts';

export interface SchemaReport {
  readonly subject: string;
  /** `registered`: new version. `ok`: was there. `incompatible`: refused; nothing was changed. */
  readonly state: 'registered' | 'ok' | 'incompatible';
  readonly id?: number;
  /** What the registry refused, and how to mend it. */
  readonly problem?: string;
}

const COMPATIBILITY = 'FULL_TRANSITIVE';
const DEADLINE_MS = 10_000;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Ask = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<Answer>;

/**
 * Registers the schema of every topic under `<topic>-value`; versions of a subject stay compatible in both directions, for ever.
 * `registryUrl` is the root of the Confluent API. Throws REGISTRY_UNAVAILABLE.
 */
export async function registerSchemas(
  registryUrl: string,
  topics: readonly Topic[] = allTopics(),
): Promise<readonly SchemaReport[]> {
  const ask = askAt(registryUrl);
  const reports: SchemaReport[] = [];
  for (const topic of topics) {
    const schema = schemaOf(topic);
    if (schema !== null) reports.push(await registerOne(ask, subjectOf(topic), schema));
  }
  return reports;
}

async function registerOne(ask: Ask, subject: string, schema: string): Promise<SchemaReport> {
  const path = encodeURIComponent(subject);
  const body = { schema, schemaType: 'AVRO' };
  const known = await ask('POST', `/subjects/${path}`, body);
  if (known.status === 200) {
    await demandCompatibility(ask, path);
    return { subject, state: 'ok', id: numberIn(known.body, 'id') };
  }
  const check = await ask('POST', `/compatibility/subjects/${path}/versions/latest`, body);
  if (check.status === 200 && field(check.body, 'is_compatible') === false)
    return refused(subject, check.body);
  return { subject, ...(await postVersion(ask, path, body)) };
}

async function postVersion(ask: Ask, path: string, body: unknown): Promise<Omit<SchemaReport, 'subject'>> {
  const posted = await ask('POST', `/subjects/${path}/versions`, body);
  if (posted.status === 409 || posted.status === 422)
    return { state: 'incompatible', problem: problemOf(posted.body) };
  expectOk(posted, `registering a version of ${decodeURIComponent(path)}`);
  await demandCompatibility(ask, path);
  return { state: 'registered', id: numberIn(posted.body, 'id') };
}

/** The rule belongs to an existing artifact in Apicurio, so it is set after the first version. */
async function demandCompatibility(ask: Ask, path: string): Promise<void> {
  const answer = await ask('PUT', `/config/${path}`, { compatibility: COMPATIBILITY });
  expectOk(answer, `demanding ${COMPATIBILITY} for ${decodeURIComponent(path)}`);
}

function refused(subject: string, body: unknown): SchemaReport {
  return { subject, state: 'incompatible', problem: problemOf(body) };
}

function problemOf(body: unknown): string {
  const messages = field(body, 'messages') ?? field(body, 'message') ?? 'the registry gave no reason';
  return `not compatible with earlier versions (new fields need a default, nothing may be removed or retyped): ${JSON.stringify(messages)}`;
}

function askAt(registryUrl: string): Ask {
  const root = registryUrl.replace(/\/+$/, '');
  return async (method, path, body) => {
    try {
      const response = await fetch(root + path, {
        method,
        headers: {
          'content-type': 'application/vnd.schemaregistry.v1+json',
          accept: 'application/json, application/vnd.schemaregistry.v1+json',
        },
        signal: AbortSignal.timeout(DEADLINE_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: parseOrText(await response.text()) };
    } catch (cause) {
      throw new SyncError('REGISTRY_UNAVAILABLE', `asking the schema registry at ${root}: no answer`, {
        cause,
      });
    }
  };
}

function expectOk(answer: Answer, doing: string): void {
  if (answer.status >= 200 && answer.status < 300) return;
  throw new SyncError('REGISTRY_UNAVAILABLE', `${doing}: the registry answered ${answer.status}`, {
    detail: { body: answer.body },
  });
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function numberIn(body: unknown, name: string): number {
  return Number(field(body, name));
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: a proxy's page, for instance. The text itself is the best account of it.
    return text;
  }
}
