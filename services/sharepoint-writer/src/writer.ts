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
import { refuse } from './wishes.ts';

export interface WriterParts {
  readonly configOf: (workspaceId: string) => WorkspaceConfig | undefined;
  readonly clientOf: (config: WorkspaceConfig) => GraphClient;
  /** What was acknowledged last on the changelog of own answers. */
  readonly memory: { get(key: string): Known | undefined };
  readonly now: () => number;
}

/**
 * Answers one record of a lane with one result. Throws SyncErrors for what must be waited for. What is remembered goes out
 * with the answer: the command is done only when both are acknowledged, and the next of its key waits for that.
 */
export function createWriter(parts: WriterParts): (record: InRecord) => Promise<Outcome> {
  return async (record) => {
    const given = commandIn(record);
    if (given === null) return drop('tombstone');
    const wrong = keyProblem(record.key, given.command);
    if (wrong !== null) return deadLetter('RECORD_UNREADABLE', wrong);
    const { command, urgency } = given;
    const mapping = mappingOf(command.object);
    if (mapping === undefined) return emit([resultRecord(record.key, unmapped(command, parts.now()))]);
    const known = parts.memory.get(record.key);
    const job = begin({ command, mapping, known, nowIso: wholeSeconds(parts.now()) });
    const client = clientFor(parts, command.workspaceId);
    const done = await carryOut(job, performer(client, command, urgency));
    const result = resultRecord(record.key, resultOf(done.job, done.answer, parts.now()));
    if (done.known === undefined || done.known === known) return emit([result]);
    return emit([to(topics.writeMemory, record.key, done.known, command.tenantId), result]);
  };
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

function wholeSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function resultRecord(key: string, result: WriteResult): OutRecord {
  return to(topics.sharepointResults, key, result);
}
