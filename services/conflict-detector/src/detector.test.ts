/** What a new owner of a partition does with the records that it finds there. */
import { mappingOf, recordKey, topics } from '@sync/core';
import type { ListBinding, Outcome, RecordState, WorkspaceConfig } from '@sync/core';
import type { ConfigOf, ServiceContext } from '@sync/runtime';
import type { options } from './config.ts';
import { createDetector } from './detector.ts';

const KEY = recordKey({ workspaceId: 'w1', object: 'company', recordId: 'c1' });
const fields = (mappingOf('company')?.fields ?? []).map(({ name }) => name);

/** Only what the situation of a record is made of. */
const config = {
  workspaceId: 'w1',
  enabled: true,
  objects: [
    {
      name: 'company',
      list: 'Companies',
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
} as unknown as WorkspaceConfig;
const binding = {
  workspaceId: 'w1',
  object: 'company',
  tenantId: 't1',
  siteId: 's1',
  listId: 'l1',
  fields,
} as unknown as ListBinding;

/** Learnt while the record had no list: it is known, and nothing was asked for. */
const learnt: RecordState = {
  twenty: Object.fromEntries(
    ['alive', 'name'].map((field) => [
      field,
      { value: field === 'alive' ? 'true' : 'Alder', version: '1', at: null },
    ]),
  ),
  sharepoint: {},
  top: null,
  diedAt: null,
  agreed: {},
  outTwenty: null,
  outSharepoint: null,
  parked: {},
  review: {},
  turns: {},
  decided: {},
  ownedSince: 0,
};

function rig(first: RecordState, bound: boolean) {
  const listeners: (() => void)[] = [];
  const work: (() => Promise<Outcome>)[] = [];
  const changes = new Map<string, (key: string) => void>();
  const ticks: (() => Promise<void>)[] = [];
  const contents: Record<string, (readonly [string, unknown])[]> = {
    [topics.config.name]: [['w1', config]],
    [topics.lists.name]: bound ? [['w1|company', binding]] : [],
    [topics.records.name]: [[KEY, first]],
  };
  const table = ({ name }: { readonly name: string }) => {
    const entries = () => new Map(contents[name] ?? []);
    return {
      get: (key: string) => entries().get(key),
      entries: () => entries().entries(),
      onChange: (listener: (key: string) => void) => changes.set(name, listener),
    };
  };
  const ranks: { onOutranked(key: string): void }[] = [];
  const stored: ((key: string, state: RecordState) => void)[] = [];
  const store = (topic: { readonly name: string }, ranked: (typeof ranks)[number]) => {
    ranks.push(ranked);
    const onChange = (listener: (typeof stored)[number]) => stored.push(listener);
    return { ...table(topic), onChange };
  };
  const context = {
    config: { resendAfterMs: 1000 },
    ...{ table, store },
    owns: () => true,
    now: () => 10,
    every: (_ms: number, _name: string, tick: () => Promise<void>) => ticks.push(tick),
    onAssigned: (listener: () => void) => listeners.push(listener),
    enqueue: (_key: string, run: () => Promise<Outcome>) => work.push(run),
  };
  createDetector(context as unknown as ServiceContext<ConfigOf<typeof options>>);
  for (const listener of listeners) listener();
  const outrank = (): void => ranks.forEach((one) => one.onOutranked(KEY));
  const learn = (state: RecordState): void => {
    contents[topics.records.name] = [[KEY, state]];
    stored.forEach((listener) => listener(KEY, state));
  };
  const forget = (): void => void (contents[topics.records.name] = []);
  const rebind = (): void => changes.get(topics.lists.name)?.('w1|company');
  const tick = (): Promise<unknown> => Promise.all(ticks.map((one) => one()));
  return { work, outrank, learn, forget, rebind, tick };
}

test('a record that was learnt before its list was there is looked at by whoever takes it over', async () => {
  const [outcome] = await Promise.all(rig(learnt, true).work.map((run) => run()));
  const sent = outcome?.kind === 'emit' ? outcome.stages.flat() : [];
  expect(sent.map(({ topic }) => topic.name)).toEqual([topics.records.name, topics.writes.p0.name]);
});

test('a record that asks for nothing makes no work', async () => {
  const [outcome] = await Promise.all(rig(learnt, false).work.map((run) => run()));
  const settled = outcome?.kind === 'emit' ? (outcome.stages[0]?.[0]?.value as RecordState) : learnt;
  expect(settled).not.toEqual(learnt);
  expect(rig(settled, false).work).toEqual([]);
});

test('given a state of a process that had lost the partition, then the owner writes its own again', async () => {
  const { work, outrank } = rig({ ...learnt, ownedSince: 7 }, false);
  work.splice(0);
  outrank();
  const [outcome] = await Promise.all(work.map((run) => run()));
  expect(outcome).toMatchObject({
    stages: [[{ key: KEY, value: { twenty: learnt.twenty, ownedSince: 10 } }]],
  });
});

test('given a state of a later owner, then nothing is decided on it', async () => {
  const { work, learn } = rig(learnt, true);
  learn({ ...learnt, ownedSince: 99 });
  const outcomes = await Promise.all(work.map((run) => run()));
  expect(outcomes).toEqual([{ kind: 'drop', reason: 'partition-lost' }]);
});

test('given a state that is on its way while its list is bound, then the record is looked at when it has come', async () => {
  const { work, learn, forget, rebind, tick } = rig(learnt, true);
  work.splice(0);
  forget();
  rebind();
  expect(work).toEqual([]);
  learn({ ...learnt, ownedSince: 10 });
  await tick();
  await tick();
  const [outcome] = await Promise.all(work.map((run) => run()));
  const sent = outcome?.kind === 'emit' ? outcome.stages.flat() : [];
  expect(sent.map(({ topic }) => topic.name)).toContain(topics.writes.p0.name);
  work.splice(0);
  await tick();
  expect(work).toEqual([]);
});

test('given a state of an earlier owner that comes after the takeover, then what it says is out is sent again (B8)', async () => {
  const { work, learn } = rig({ ...learnt, ownedSince: 7 }, true);
  const [outcome] = await Promise.all(work.splice(0).map((run) => run()));
  const asking = outcome?.kind === 'emit' ? (outcome.stages[0]?.[0]?.value as RecordState) : learnt;
  learn({ ...asking, ownedSince: 10 });
  expect(work).toEqual([]);
  learn({ ...asking, ownedSince: 8 });
  const [again] = await Promise.all(work.map((run) => run()));
  const sent = again?.kind === 'emit' ? again.stages.flat() : [];
  expect(sent.map(({ topic }) => topic.name)).toEqual([topics.records.name, topics.writes.p0.name]);
});
