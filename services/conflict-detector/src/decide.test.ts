import { mappingOf, recordKey, topics } from '@sync/core';
import type { ListBinding, OutRecord, Outcome, RecordState, TwentyChange, WorkspaceConfig } from '@sync/core';
import { decide, resend } from './decide.ts';
import { labelsOf } from './labels.ts';
import { seenInSharePoint, seenInTwenty } from './sight.ts';
import { situationOf } from './situation.ts';
import type { Situation } from './situation.ts';

const IDS = { workspaceId: 'w1', object: 'person', recordId: 'p1' };
const COMPANY = recordKey({ workspaceId: 'w1', object: 'company', recordId: 'c1' });
const MOMENT = { changedAt: 5000, now: 6000 };

const config: WorkspaceConfig = {
  workspaceId: 'w1',
  enabled: true,
  tenantId: 't1',
  clientId: 'a1',
  credential: 'SECRET',
  siteHost: 'x.sharepoint.example',
  sitePath: '/sites/crm',
  listPrefix: '',
  objects: [
    {
      name: 'person',
      list: 'People',
      lane: 'p0',
      strategy: 'lastWriteWins',
      fieldStrategies: {},
      pollSeconds: 5,
      massDeleteLimit: 25,
      massOverwriteLimit: 1000,
      adopt: false,
    },
  ],
  skewMs: 2000,
  tieWinner: 'twenty',
  massWindowMs: 300_000,
  loopLimit: 6,
  loopWindowMs: 600_000,
};

const binding: ListBinding = {
  workspaceId: 'w1',
  object: 'person',
  tenantId: 't1',
  siteId: 's1',
  listId: 'l1',
  listName: 'People',
  webUrl: '',
  fields: (mappingOf('person')?.fields ?? []).map((field) => field.name),
  skipped: [],
  pollSeconds: 5,
  metadataVersion: 1,
};

const massOf = () => ({ written: 0, isAsked: false });

function situation(known: { binding?: ListBinding | undefined; company?: string } = { binding }): Situation {
  const labelOf = labelsOf('w1', (_object, key) =>
    key === COMPANY ? { label: known.company ?? 'Alder', version: '' } : undefined,
  );
  const found = situationOf(IDS, { config, binding: known.binding, labelOf, massOf });
  if (found === null) throw new Error('a person is always mapped');
  return found;
}

function personChange(lsn: number, fields: Partial<TwentyChange['fields']> = {}): TwentyChange {
  const row = {
    id: 'p1',
    nameFirstName: 'Ada',
    nameLastName: 'Birch',
    jobTitle: null,
    companyId: 'c1',
    deletedAt: null,
    ...fields,
  };
  return {
    op: 'update',
    ...IDS,
    custom: false,
    version: { epoch: 1, lsn, order: 0 },
    committedAt: 5000,
    transactionId: null,
    origin: null,
    fields: row,
    unchanged: [],
    changed: null,
  };
}

const mapping = situation().mapping;

function stagesOf(outcome: Outcome): string[][] {
  return outcome.kind === 'emit'
    ? outcome.stages.map((stage) => stage.map((record) => record.topic.name))
    : [[outcome.kind]];
}

function sent(outcome: Outcome, topic: string): OutRecord[] {
  return outcome.kind === 'emit' ? outcome.stages.flat().filter((record) => record.topic.name === topic) : [];
}

function stateAfter(outcome: Outcome): RecordState {
  const state = sent(outcome, topics.records.name)[0]?.value;
  if (state === undefined) throw new Error('no state was kept');
  return state as RecordState;
}

const born = decide(undefined, seenInTwenty(personChange(10), mapping.fields), situation(), MOMENT);

test('B8: the state is kept before the command is sent', () => {
  expect(stagesOf(born)).toEqual([[topics.records.name], [topics.writes.p0.name]]);
});

test('a new record is wished for whole, with what is derived from others', () => {
  const command = sent(born, topics.writes.p0.name)[0];
  expect(command).toMatchObject({
    key: 'w1|person|p1',
    partitionKey: 't1',
    value: { basis: '', itemId: null, changedAt: 5000 },
  });
  const wishes = (command?.value as { wishes: { field: string; value: string }[] }).wishes;
  expect(Object.fromEntries(wishes.map((wish) => [wish.field, wish.value]))).toMatchObject({
    alive: 'true',
    identity: 'p1',
    fullName: 'Ada Birch',
    company: 'c1',
    companyName: 'Alder',
  });
});

test('the same change again is nothing new', () => {
  expect(
    decide(stateAfter(born), seenInTwenty(personChange(10), mapping.fields), situation(), MOMENT),
  ).toEqual({ kind: 'drop', reason: 'nothing-new' });
});

test('B14: what has no answer is sent again, unchanged', () => {
  const again = resend(stateAfter(born), situation(), { changedAt: null, now: 9000 });
  const command = (outcome: Outcome): unknown =>
    (sent(outcome, topics.writes.p0.name)[0]?.value as { commandId: string }).commandId;
  expect(command(again)).toBe(command(born));
  expect(stateAfter(again).outSharepoint?.sentAt).toBe(9000);
});

test('without a list the brain learns and asks for nothing; when the list comes, it asks', () => {
  const learnt = decide(
    undefined,
    seenInTwenty(personChange(10), mapping.fields),
    situation({ binding: undefined }),
    MOMENT,
  );
  expect(stagesOf(learnt)).toEqual([[topics.records.name]]);
  const looked = decide(stateAfter(learnt), { kind: 'look' }, situation(), MOMENT);
  expect(sent(looked, topics.writes.p0.name)).toHaveLength(1);
});

const inStep = decide(
  stateAfter(born),
  {
    kind: 'answer',
    side: 'sharepoint',
    answer: 'written',
    wishes: Object.entries(stateAfter(born).outSharepoint?.wishes ?? {}).map(([field, wish]) => ({
      field,
      ...wish,
    })),
    version: '000000000001-0000-000000000001',
    picture: null,
    refusals: [],
  },
  situation(),
  MOMENT,
);

test("a company's new name reaches its people on a lane that may wait", () => {
  const looked = decide(
    stateAfter(inStep),
    { kind: 'look' },
    situation({ binding, company: 'Alder & Sons' }),
    MOMENT,
  );
  expect(sent(looked, topics.writes.p2.name)[0]?.value).toMatchObject({
    wishes: [{ field: 'companyName', value: 'Alder & Sons' }],
  });
});

test('B13: a conflict is told before the state that knows of it and the write that settles it, with both values', () => {
  const item = {
    op: 'upsert',
    ...IDS,
    tenantId: 't1',
    siteId: 's1',
    listId: 'l1',
    itemId: '1',
    generation: 0,
    version: '000000000001-0000-000000000002',
    etag: '"u,2"',
    modifiedAt: 5000,
    modifiedBy: 'user',
    readAt: 0,
  } as const;
  const fields = {
    Title: 'Ada Birch',
    FirstName: 'Ada',
    LastName: 'Birch',
    CompanyTwentyId: 'c1',
    CompanyName: 'Alder',
    TwentyId: 'p1',
  };
  const edited = decide(
    stateAfter(inStep),
    seenInTwenty(personChange(20, { jobTitle: 'Buyer' }), mapping.fields),
    situation(),
    MOMENT,
  );
  const read = seenInSharePoint({ ...item, fields: { ...fields, JobTitle: 'Seller' } }, situation().fields);
  const met = decide(stateAfter(edited), read, situation(), MOMENT);
  const stale = decide(
    stateAfter(met),
    {
      kind: 'answer',
      side: 'sharepoint',
      answer: 'stale',
      wishes: [
        { field: 'jobTitle', value: 'Buyer', source: stateAfter(met).twenty['jobTitle']?.version ?? '' },
      ],
      version: '',
      picture: null,
      refusals: [],
    },
    situation(),
    MOMENT,
  );
  expect(stagesOf(stale)).toEqual([[topics.conflicts.name], [topics.records.name], [topics.writes.p0.name]]);
  expect(sent(stale, topics.conflicts.name)[0]).toMatchObject({
    partitionKey: 'w1|person|p1',
    value: {
      field: 'jobTitle',
      kind: 'bothEdited',
      base: null,
      twentyValue: 'Buyer',
      sharepointValue: 'Seller',
      winner: 'twenty',
      rule: 'lastWriteWins/unclear',
    },
  });
});

test('an object that is not mapped has no situation', () => {
  expect(
    situationOf({ ...IDS, object: 'workflowRun' }, { config, binding, labelOf: () => null, massOf }),
  ).toBeNull();
});
