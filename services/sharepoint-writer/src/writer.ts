/** Takes commands in and gives answers out: the thin part between the runtime and the decisions. */
import { LANES, SyncError, deadLetter, drop, emit, keyProblem, mappingOf, to, topics } from '@sync/core';
import type { OutRecord, Outcome, SharePointWrite, WorkspaceConfig, WriteResult } from '@sync/core';
import type { GraphClient, Urgency } from '@sync/graph';
import { valueOf } from '@sync/runtime';
import type { InRecord } from '@sync/runtime';
import { refusedAll, resultOf } from './answer.ts';
import { carryOut } from './carry-out.ts';
import type { Known } from './job.ts';
import { performer } from './perform.ts';
import { begin } from './plan.ts';
import type { Recent } from '@sync/core';
import { refuse } from './wishes.ts';

export interface WriterParts {
  readonly configOf: (workspaceId: string) => WorkspaceConfig | undefined;
  readonly clientOf: (config: WorkspaceConfig) => GraphClient;
  readonly memory: Recent<Known>;
  readonly now: () => number;
}

/** Answers one record of a lane with one result. Throws SyncErrors for what must be waited for. */
export function createWriter(parts: WriterParts): (record: InRecord) => Promise<Outcome> {
  return async (record) => {
    const given = commandIn(record);
    if (given === null) return drop('tombstone');
    const wrong = keyProblem(record.key, given.command);
    if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
    const result = await answerTo(parts, record.key, given.command, given.urgency);
    return emit([resultRecord(record.key, result)]);
  };
}

async function answerTo(
  parts: WriterParts,
  key: string,
  command: SharePointWrite,
  urgency: Urgency,
): Promise<WriteResult> {
  const { memory, now } = parts;
  const mapping = mappingOf(command.object);
  if (mapping === undefined) return unmapped(command, now());
  const client = clientFor(parts, command.workspaceId);
  const nowIso = new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const job = begin({ command, mapping, known: memory.get(key), nowIso });
  const done = await carryOut(job, performer(client, command, urgency));
  if (done.known !== undefined) memory.set(key, done.known);
  return resultOf(done.job, done.answer, now());
}

function clientFor({ configOf, clientOf }: WriterParts, workspaceId: string): GraphClient {
  const config = configOf(workspaceId);
  if (config !== undefined) return clientOf(config);
  throw new SyncError('LIST_NOT_READY', 'writing an item: the workspace has no configuration', {
    detail: { workspaceId },
  });
}

/** The lane of a record is its urgency. */
function commandIn(record: InRecord): { command: SharePointWrite; urgency: Urgency } | null {
  for (const [place, lane] of LANES.entries()) {
    const command = valueOf(topics.writes[lane], record);
    // Places of the four lanes are exactly the four urgencies.
    if (command !== undefined) return command === null ? null : { command, urgency: place as Urgency };
  }
  throw new Error(`a record of ${record.topic.name} came to the writer`);
}

function unmapped(command: SharePointWrite, answeredAt: number): WriteResult {
  const mapping = { object: command.object, fields: [], label: [] };
  const begun = begin({ command, mapping, known: undefined, nowIso: '' });
  const why = { code: 'no-mapping', reason: `the object ${command.object} has no mapping: it is not synced` };
  const job = refuse({ ...begun, refusals: [] }, command.wishes, why);
  return resultOf(job, refusedAll(job).answer, answeredAt);
}

function resultRecord(key: string, result: WriteResult): OutRecord {
  return to(topics.sharepointResults, key, result);
}
