/** Takes commands in and gives answers out: the thin part between the runtime and the decisions. */
import { SyncError, deadLetter, drop, emit, keyProblem, mappingOf, to, topics } from '@sync/core';
import type { ObjectMapping, Outcome, TwentyMetadata, TwentyWrite, WriteResult } from '@sync/core';
import { valueOf } from '@sync/runtime';
import type { InRecord } from '@sync/runtime';
import type { RowWriter } from '@sync/twenty';
import { learn, refusedAll, resultOf } from './answer.ts';
import { carryOut } from './carry-out.ts';
import type { Job, Place } from './job.ts';
import { performer } from './perform.ts';
import { begin } from './plan.ts';
import type { Recent } from '@sync/core';

export interface WriterParts {
  readonly metadataOf: (workspaceId: string) => TwentyMetadata | undefined;
  readonly rows: RowWriter;
  readonly memory: Recent<Job['sources']>;
  readonly epoch: number;
  readonly now: () => number;
}

/** Answers one command with one result. Throws SyncErrors for what must be waited for. */
export function createWriter(parts: WriterParts): (record: InRecord) => Promise<Outcome> {
  return async (record) => {
    const command = valueOf(topics.twentyWrites, record) ?? null;
    if (command === null) return drop('tombstone');
    const wrong = keyProblem(record.key, command);
    if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
    return emit([to(topics.twentyResults, record.key, await answerTo(parts, record.key, command))]);
  };
}

async function answerTo(parts: WriterParts, key: string, command: TwentyWrite): Promise<WriteResult> {
  const { memory, rows, now } = parts;
  const mapping = mappingOf(command.object);
  const place = placeOf(parts, command);
  if (mapping === undefined || place === null) return unsynced(parts, command);
  const job = jobFor(parts, { command, mapping, place }, memory.get(key) ?? {});
  const done = await carryOut(job, performer(rows, job));
  memory.set(key, learn(done.job, done.answer));
  return resultOf(done.job, done.answer, now());
}

function jobFor(
  parts: WriterParts,
  what: Pick<Job, 'command' | 'mapping' | 'place'>,
  sources: Job['sources'],
): Job {
  return begin({ ...what, sources, epoch: parts.epoch, nowIso: new Date(parts.now()).toISOString() });
}

/** Schema and table of the record's object; null when the workspace has no such object. */
function placeOf({ metadataOf }: WriterParts, { workspaceId, object }: TwentyWrite): Place | null {
  const metadata = metadataOf(workspaceId);
  if (metadata === undefined) {
    const detail = { workspaceId };
    throw new SyncError(
      'TWENTY_UNAVAILABLE',
      'writing a row: the data model of the workspace is not known yet',
      { detail },
    );
  }
  const found = metadata.objects.find((each) => each.name === object);
  return found === undefined ? null : { schema: metadata.schema, object: found };
}

/** An object that is not there, or has no mapping, refuses every wish. */
function unsynced(parts: WriterParts, command: TwentyWrite): WriteResult {
  const { object } = command;
  const mapping: ObjectMapping = { object, fields: [], label: [] };
  const place = { schema: '', object: { name: object, table: '', custom: false, columns: [] } };
  const reason = `the object ${object} is not in the workspace, or has no mapping`;
  const refusals = command.wishes.map(({ field }) => ({ field, code: 'no-such-object', reason }));
  const job = { ...jobFor(parts, { command, mapping, place }, {}), wishes: [], refusals };
  return resultOf(job, refusedAll(job).answer, parts.now());
}
