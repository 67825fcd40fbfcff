import { recordKey, topics } from '@sync/core';
import type { Outcome, TwentyMetadata, TwentyWrite } from '@sync/core';
import type { InRecord } from '@sync/runtime';
import { TwentyUnavailable } from '@sync/twenty';
import type { RowAnswer, RowCommand, RowWriter } from '@sync/twenty';
import { NOW_ISO, RECORD, command, place, row, version } from './testing/fixtures.ts';
import type { Job } from './job.ts';
import { createRecent } from '@sync/core';
import { createWriter } from './writer.ts';

const KEY = `w1|company|${RECORD}`;
const metadata: TwentyMetadata = {
  workspaceId: 'w1',
  schema: 'workspace_1',
  displayName: 'Demo',
  metadataVersion: 1,
  objects: [place.object],
};

function record(value: TwentyWrite | null): InRecord {
  return {
    topic: topics.twentyWrites,
    key: value === null ? KEY : recordKey(value),
    value,
    partition: 0,
    offset: '0',
    timestamp: 0,
    headers: {},
  };
}

/** A writer over rows that answer in order; what is asked is noted. */
function writer(answers: (RowAnswer | Error)[]): {
  process: (record: InRecord) => Promise<Outcome>;
  asked: (RowCommand | 'read')[];
} {
  const asked: (RowCommand | 'read')[] = [];
  const next = async (): Promise<RowAnswer> => {
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer is left');
    return answer;
  };
  const rows: RowWriter = {
    write: (given) => {
      asked.push(given);
      return next();
    },
    read: async () => {
      asked.push('read');
      const answer = await next();
      if (answer.kind !== 'moved') throw new Error('a read answers moved');
      return answer;
    },
    close: async () => undefined,
  };
  const memory = createRecent<Job['sources']>(10);
  const metadataOf = (id: string): TwentyMetadata | undefined => (id === 'w1' ? metadata : undefined);
  return {
    process: createWriter({ metadataOf, rows, memory, epoch: 1, now: () => Date.parse(NOW_ISO) }),
    asked,
  };
}

test('answers a command with one result under the key of the record', async () => {
  const { process, asked } = writer([{ kind: 'written', lsn: 9n, row: row({ name: 'Birch' }) }]);
  const outcome = await process(record(command()));
  expect(asked).toEqual([
    {
      schema: 'workspace_1',
      table: 'company',
      recordId: RECORD,
      kind: 'update',
      values: { name: 'Birch' },
      expected: { name: 'Acorn', deletedAt: null },
      nowIso: NOW_ISO,
    },
  ]);
  expect(outcome).toMatchObject({
    kind: 'emit',
    stages: [
      [
        {
          topic: topics.twentyResults,
          key: KEY,
          value: {
            side: 'twenty',
            kind: 'written',
            commandId: 'c1',
            version: version(9n),
            attempts: 1,
            changedAt: 1_000,
            answeredAt: Date.parse(NOW_ISO),
          },
        },
      ],
    ],
  });
});

test('remembers what it wrote and reads for an older command (B12)', async () => {
  const { process, asked } = writer([
    { kind: 'written', lsn: 9n, row: row() },
    { kind: 'moved', lsn: 10n, row: row({ name: 'Birch' }) },
  ]);
  await process(record(command({ wishes: [{ field: 'name', value: 'Birch', source: 's2' }] })));
  const outcome = await process(record(command({ wishes: [{ field: 'name', value: 'Old', source: 's1' }] })));
  expect(asked[1]).toBe('read');
  expect(outcome).toMatchObject({ stages: [[{ value: { kind: 'stale' } }]] });
});

test('waits while Twenty cannot be reached', async () => {
  const { process } = writer([new TwentyUnavailable('connection', 'gone', undefined)]);
  await expect(process(record(command()))).rejects.toMatchObject({ code: 'TWENTY_UNAVAILABLE' });
});

test('waits while the data model of the workspace is not known', async () => {
  await expect(writer([]).process(record(command({ workspaceId: 'w2' })))).rejects.toMatchObject({
    code: 'TWENTY_UNAVAILABLE',
  });
});

test('refuses every wish for an object that the workspace does not have', async () => {
  const outcome = await writer([]).process(record(command({ object: 'person' })));
  expect(outcome).toMatchObject({
    stages: [[{ value: { kind: 'refused', refusals: [{ field: 'name', code: 'no-such-object' }] } }]],
  });
});

test('drops a tombstone', async () => {
  expect(await writer([]).process(record(null))).toEqual({ kind: 'drop', reason: 'tombstone' });
});

test('a command under the key of another record is a dead letter', async () => {
  const outcome = await writer([]).process({ ...record(command({})), key: KEY.slice(1) });
  expect(outcome).toMatchObject({ kind: 'deadLetter', code: 'RECORD_UNREADABLE' });
});
