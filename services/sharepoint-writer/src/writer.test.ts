import { SyncError, recordKey, topics } from '@sync/core';
import type { OutRecord, Outcome, SharePointWrite, Topic, WorkspaceConfig } from '@sync/core';
import type { GraphCall, GraphClient, GraphReply } from '@sync/graph';
import type { InRecord } from '@sync/runtime';
import { NOW_ISO, RECORD, command, creation, dead, etag, known, version, wish } from './testing/fixtures.ts';
import type { Known } from './job.ts';
import { createWriter } from './writer.ts';

const KEY = `w1|company|${RECORD}`;
const LIST = '/sites/host,site,web/lists/list';
const config: WorkspaceConfig = {
  workspaceId: 'w1',
  enabled: true,
  tenantId: 'tenant',
  clientId: 'client',
  credential: 'SECRET',
  siteHost: 'host',
  sitePath: '/sites/crm',
  listPrefix: '',
  objects: [],
  skewMs: 0,
  tieWinner: 'twenty',
  massWindowMs: 300_000,
  loopLimit: 6,
  loopWindowMs: 600_000,
};

function record(value: SharePointWrite | null, topic: Topic = topics.writes.p0): InRecord {
  return {
    topic,
    key: value === null ? KEY : recordKey(value),
    value,
    partition: 0,
    offset: '0',
    timestamp: 0,
    headers: {},
  };
}

function reply(status: number, body: unknown = null): GraphReply {
  return { status, headers: {}, body };
}

function listItem(number: number, fields: object): object {
  return {
    id: '7',
    eTag: etag(number),
    lastModifiedDateTime: NOW_ISO,
    lastModifiedBy: { user: {} },
    fields: { TwentyId: RECORD, ...fields },
  };
}

/** A writer over a Graph that answers in order; what is sent is noted, and what is kept comes to the memory when it is acknowledged. */
function writer(
  answers: (GraphReply | Error)[],
  memory = new Map<string, Known>(),
): {
  process: (record: InRecord) => Promise<Outcome>;
  sent: [GraphCall, number][];
} {
  const sent: [GraphCall, number][] = [];
  const client: GraphClient = {
    send: async (call, urgency) => {
      sent.push([call, urgency]);
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer is left');
      return answer;
    },
    batch: () => Promise.reject(new Error('not used')),
  };
  const configOf = (id: string): WorkspaceConfig | undefined => (id === 'w1' ? config : undefined);
  const process = createWriter({ configOf, clientOf: () => client, memory, now: () => Date.parse(NOW_ISO) });
  return {
    process: async (given) => {
      const outcome = await process(given);
      for (const kept of recordsOf(outcome, topics.writeMemory)) memory.set(kept.key, kept.value as Known);
      return outcome;
    },
    sent,
  };
}

function recordsOf(outcome: Outcome, topic: Topic): OutRecord[] {
  if (outcome.kind !== 'emit') return [];
  return outcome.stages.flat().filter((one) => one.topic.name === topic.name);
}

function resultIn(outcome: Outcome): unknown {
  return outcome.kind === 'emit' ? recordsOf(outcome, topics.sharepointResults)[0]?.value : outcome;
}

test('patches the wished columns with If-Match and answers with one result under the key of the record', async () => {
  const { process, sent } = writer([reply(200, { '@odata.etag': etag(2) })]);
  const outcome = await process(record(command()));
  const body = { Title: 'Acorn', LastSyncedAt: NOW_ISO };
  expect(sent).toEqual([
    [{ method: 'PATCH', path: `${LIST}/items/7/fields`, body, ifMatch: etag(1), units: 2 }, 0],
  ]);
  expect(outcome).toMatchObject({
    kind: 'emit',
    stages: [
      [
        { topic: topics.writeMemory, key: KEY, partitionKey: 'tenant' },
        { topic: topics.sharepointResults, key: KEY, partitionKey: KEY },
      ],
    ],
  });
  expect(resultIn(outcome)).toEqual({
    commandId: 'c1',
    side: 'sharepoint',
    kind: 'written',
    workspaceId: 'w1',
    object: 'company',
    recordId: RECORD,
    tenantId: 'tenant',
    siteId: 'host,site,web',
    listId: 'list',
    wishes: [wish('name', 'Acorn')],
    version: version(2),
    itemId: '7',
    etag: etag(2),
    picture: null,
    refusals: [],
    attempts: 1,
    changedAt: 1_000,
    answeredAt: Date.parse(NOW_ISO),
  });
});

test('takes the lane for the urgency', async () => {
  const { process, sent } = writer([reply(204)]);
  await process(record(command({ wishes: [dead] }), topics.writes.p3));
  expect(sent).toEqual([[{ method: 'DELETE', path: `${LIST}/items/7`, ifMatch: etag(1), units: 2 }, 3]]);
});

test('makes no second item when the answer to the first create was lost', async () => {
  const lost = new SyncError('GRAPH_UNAVAILABLE', 'cut off');
  const { process, sent } = writer([lost, reply(200, { value: [listItem(1, { Title: 'Acorn' })] })]);
  const result = resultIn(await process(record(creation())));
  expect(sent.map(([call]) => call.method)).toEqual(['POST', 'GET']);
  expect(result).toMatchObject({
    kind: 'alreadySo',
    itemId: '7',
    picture: { modifiedBy: 'user', modifiedAt: Date.parse(NOW_ISO) },
  });
});

test('sends a burst without a read in between, and a repeated command not at all (B9)', async () => {
  const { process, sent } = writer([reply(201, listItem(1, {})), reply(200, { '@odata.etag': etag(2) })]);
  const second = creation({ commandId: 'c2', wishes: [wish('alive', 'true'), wish('name', 'Birch', 't2')] });
  await process(record(creation()));
  await process(record(second));
  const result = resultIn(await process(record(second)));
  expect(sent.map(([call]) => [call.method, call.ifMatch])).toEqual([
    ['POST', undefined],
    ['PATCH', etag(1)],
  ]);
  expect(result).toMatchObject({ kind: 'written', version: version(2), attempts: 0 });
});

test('an instance that takes over makes no item again that a user deleted after the create (I5)', async () => {
  const changelog = new Map<string, Known>();
  const gone = reply(404, {});
  await writer([reply(201, listItem(1, {}))], changelog).process(record(creation()));
  const update = command({ commandId: 'c2', wishes: [wish('name', 'Birch', 't2')] });
  await writer([gone, reply(200, { value: [] })], changelog).process(record(update));
  const { process, sent } = writer([reply(200, { value: [] })], changelog);
  expect(resultIn(await process(record(creation())))).toMatchObject({
    kind: 'stale',
    picture: { exists: false, version: `${version(1)}-deleted` },
  });
  expect(sent.map(([call]) => call.method)).toEqual(['GET']);
});

test('remembers nothing new of a command that was refused', async () => {
  const memory = new Map([[KEY, known()]]);
  const outcome = await writer([], memory).process(record(command({ wishes: [wish('name', 'a\nb', 't2')] })));
  expect(recordsOf(outcome, topics.writeMemory)).toEqual([]);
});

test('waits when Graph says so, and answers when it is asked again (B14)', async () => {
  const { process } = writer([
    new SyncError('GRAPH_THROTTLED', 'slow down'),
    reply(200, { '@odata.etag': etag(2) }),
  ]);
  await expect(process(record(command()))).rejects.toMatchObject({ code: 'GRAPH_THROTTLED' });
  expect(resultIn(await process(record(command())))).toMatchObject({ kind: 'written' });
});

test('does not take a missing list for a missing item', async () => {
  const { process } = writer([reply(404), reply(404, { error: { code: 'itemNotFound' } })]);
  await expect(process(record(command()))).rejects.toMatchObject({ code: 'LIST_NOT_READY' });
});

test('waits while the workspace has no configuration', async () => {
  await expect(writer([]).process(record(command({ workspaceId: 'w2' })))).rejects.toMatchObject({
    code: 'LIST_NOT_READY',
  });
});

test('refuses every wish for an object that has no mapping', async () => {
  const result = resultIn(await writer([]).process(record(command({ object: 'rocket' }))));
  expect(result).toMatchObject({
    kind: 'refused',
    refusals: [{ field: 'name', code: 'no-mapping' }],
    attempts: 0,
  });
});

test('drops a tombstone', async () => {
  expect(await writer([]).process(record(null))).toEqual({ kind: 'drop', reason: 'tombstone' });
});

test('a command under the key of another record is a dead letter', async () => {
  const outcome = await writer([]).process({ ...record(command({})), key: KEY.slice(1) });
  expect(outcome).toMatchObject({ kind: 'deadLetter', code: 'RECORD_UNREADABLE' });
});
