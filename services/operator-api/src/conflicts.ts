/** The verb `conflicts`: what waits for a person, decisions about it, and losing values put back. */
import { parseArgs } from 'node:util';
import { parseRecordKey, recordKey, to, topics } from '@sync/core';
import type { Conflict, RecordState, Resolution } from '@sync/core';
import type { Client } from '@sync/runtime';
import { decisionFor, openQuestions, restoreOf } from './decisions.ts';
import type { OpenQuestion, Verdict } from './decisions.ts';

const USAGE = `conflicts list    [--workspace W] [--object O] [--kind K] [--record R] [--field F]
conflicts resolve (--keep twenty|sharepoint | --value V | --blank) and at least one filter of list
conflicts undo    --record R --field F`;

/** How long the brain may take to say that a decision counts. */
const COUNTED_WITHIN_MS = 15_000;

/** Lines to print. Throws when the arguments are none of the verb's. */
export async function conflicts(args: readonly string[], client: Client): Promise<string[]> {
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const filter: Filter = values;
  if (positionals[0] === 'list') return (await questionsOf(client, filter)).map(lineOf);
  if (positionals[0] === 'resolve') return resolve(client, filter, verdictOf(values));
  if (positionals[0] === 'undo') return undo(client, filter);
  throw new Error(USAGE);
}

const text = { type: 'string' } as const;
const OPTIONS = {
  ...{ workspace: text, object: text, kind: text, record: text, field: text, keep: text, value: text },
  blank: { type: 'boolean', default: false },
} as const;

interface Filter {
  readonly workspace?: string | undefined;
  readonly object?: string | undefined;
  readonly kind?: string | undefined;
  readonly record?: string | undefined;
  readonly field?: string | undefined;
}

function verdictOf({ keep, value, blank }: { keep?: string; value?: string; blank?: boolean }): Verdict {
  const given = [keep, value, blank === true ? '' : undefined].filter((one) => one !== undefined);
  if (given.length !== 1) throw new Error(USAGE);
  if (keep === 'twenty' || keep === 'sharepoint') return { choice: keep };
  if (keep !== undefined) throw new Error('--keep takes twenty or sharepoint');
  return { choice: 'value', value: value ?? null };
}

async function statesOf(client: Client): Promise<Map<string, RecordState>> {
  const newest = new Map((await client.readAll(topics.records)).map(({ key, value }) => [key, value]));
  return new Map([...newest].flatMap(([key, state]) => (state === null ? [] : [[key, state]])));
}

async function questionsOf(client: Client, filter: Filter): Promise<OpenQuestion[]> {
  const states = await statesOf(client);
  return [...states]
    .flatMap(([key, state]) => {
      const ids = parseRecordKey(key);
      return ids === null ? [] : openQuestions(ids, state);
    })
    .filter(({ ids, field, kind }) => matches(filter, { ...ids, field, kind }));
}

type Marks = Pick<Conflict, 'workspaceId' | 'object' | 'recordId' | 'field'> & { readonly kind: string };

function matches(filter: Filter, { workspaceId, object, recordId, field, kind }: Marks): boolean {
  const pairs = [
    [filter.workspace, workspaceId],
    [filter.object, object],
    [filter.record, recordId],
    [filter.field, field],
    [filter.kind, kind],
  ];
  return pairs.every(([wanted, is]) => wanted === undefined || wanted === is);
}

async function resolve(client: Client, filter: Filter, verdict: Verdict): Promise<string[]> {
  if (Object.values(pick(filter)).every((one) => one === undefined)) throw new Error(USAGE);
  const questions = await questionsOf(client, filter);
  const at = Date.now();
  return carryOut(
    client,
    questions.map((question) => decisionFor(question, verdict, at)),
  );
}

function pick({ workspace, object, kind, record, field }: Filter): Filter {
  return { workspace, object, kind, record, field };
}

async function undo(client: Client, filter: Filter): Promise<string[]> {
  if (filter.record === undefined || filter.field === undefined) throw new Error(USAGE);
  const told = (await client.readAll(topics.conflicts)).map(({ value }) => value);
  const conflict = told
    .filter((one) => one !== null && one.kind !== 'restored' && matches(filter, one))
    .sort((a, b) => (a?.detectedAt ?? 0) - (b?.detectedAt ?? 0))
    .at(-1);
  if (conflict === undefined || conflict === null)
    throw new Error(`no conflict was told on ${filter.field} of ${filter.record}`);
  const state = (await statesOf(client)).get(recordKey(conflict));
  const decision =
    state === undefined ? 'nothing is known of the record any more' : restoreOf(conflict, state, Date.now());
  if (typeof decision === 'string') throw new Error(decision);
  return carryOut(client, [decision]);
}

/** Sends decisions, and waits until the brain says of each that it counts. */
async function carryOut(client: Client, decisions: readonly Resolution[]): Promise<string[]> {
  const waiting = new Map(decisions.map((decision) => [markOf(decision), decision]));
  const done = Promise.withResolvers<undefined>();
  const stop = await client.follow(topics.records, ({ key, value }) => {
    for (const [field, at] of Object.entries(value?.decided ?? {})) waiting.delete(`${key}|${field}|${at}`);
    if (waiting.size === 0) done.resolve(undefined);
  });
  const timer = setTimeout(() => done.resolve(undefined), waiting.size === 0 ? 0 : COUNTED_WITHIN_MS);
  await client.send(decisions.map((decision) => to(topics.resolutions, recordKey(decision), decision)));
  await done.promise;
  clearTimeout(timer);
  await stop();
  const left = [...waiting.values()].map(
    (one) =>
      `does not count: ${recordKey(one)} ${one.field}; the record has moved, or the decision was refused: look again`,
  );
  return [`decided: ${decisions.length - waiting.size} of ${decisions.length}`, ...left];
}

function markOf(decision: Resolution): string {
  return `${recordKey(decision)}|${decision.field}|${decision.decidedAt}`;
}

function lineOf({ ids, field, kind, base, twentyValue, sharepointValue }: OpenQuestion): string {
  const shown = [base, twentyValue, sharepointValue].map((value) => JSON.stringify(value));
  return `${recordKey(ids)}  ${field}  ${kind}  was ${shown[0]}  twenty ${shown[1]}  sharepoint ${shown[2]}`;
}
